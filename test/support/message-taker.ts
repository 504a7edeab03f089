import type { AckMessage } from "#contract/messages/index.ts";
import { Acknowledger } from "../../src/server/ingest/acknowledger.ts";
import { SilentEdges } from "../../src/server/ingest/silent-edges.ts";
import { MessageTaker } from "../../src/server/ingest/take-message.ts";
import type { Feed } from "../../src/server/store/feed.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { keptLog, type LogLine } from "./kept-log.ts";

/** What the server does with packets, without a broker. Nobody falls silent, unless `silentEdges` says so. */
export function messageTaker(store: Store, feed: Feed, silentEdges = new SilentEdges(store, feed, 1e9)) {
	const acks: [string, AckMessage][] = [];
	const acknowledger = new Acknowledger((topic, message) => acks.push([topic, message]));
	const { log, lines } = keptLog();
	const taker = new MessageTaker({ store, feed, acknowledger, silentEdges, log });
	return {
		/** @param retained out of the broker's memory */
		take: (topic: string, payload: unknown, retained = false) =>
			taker.take(topic, Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)), retained),
		answers: () => {
			acknowledger.flush();
			return acks;
		},
		lines: lines as readonly LogLine[],
	};
}

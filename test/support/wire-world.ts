import { join } from "node:path";
import Database from "better-sqlite3";
import { type EdgeAddress } from "#contract/topics.ts";
import type { MqttAccess } from "#platform/mqtt-connection.ts";
import { MqttLink } from "../../edge/publish/mqtt-link.ts";
import { Outbox } from "../../edge/publish/outbox.ts";
import { startIngest } from "../../src/server/ingest/start-ingest.ts";
import { Feed } from "../../src/server/store/feed.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { keptLog } from "./kept-log.ts";
import { clearedMessage, raisedMessage, tokenOf } from "./wire-store.ts";

/** Something long-lived that a test switches on and off. */
interface Running {
	stop(): Promise<void>;
}

const running = (run: (signal: AbortSignal) => Promise<void>): Running => {
	const controller = new AbortController();
	const done = run(controller.signal);
	done.catch(() => undefined);
	return {
		stop: async () => {
			controller.abort();
			await done;
		},
	};
};

/** The server's end of the wire over its database. */
export function runIngest(store: Store, mqtt: MqttAccess) {
	const { log, lines, text } = keptLog();
	const ingest = startIngest({ store, feed: new Feed(store), mqtt, log });
	return { ingest, lines, text, ...running((signal) => ingest.run(signal)) };
}

/** An edge's end of the wire over a database of its own. */
export function runLink(
	folder: string,
	address: EdgeAddress,
	url: string,
	{ token = tokenOf(address), ca }: { token?: string; ca?: string } = {},
) {
	const { log, lines, text } = keptLog();
	const db = openEdgeDatabase(join(folder, `${address.edgeId}.sqlite`));
	const outbox = new Outbox(db);
	const revisions: number[] = [];
	const jobs: string[] = [];
	const link = new MqttLink({
		url,
		username: address.edgeId,
		password: token,
		...(ca ? { tls: { ca } } : {}),
		address,
		outbox,
		version: "0.1.0",
		log,
		onConfig: (revision) => revisions.push(revision),
		onJob: (jobId) => jobs.push(jobId),
	});
	return { link, outbox, revisions, jobs, lines, text, ...running((signal) => link.run(signal)) };
}

const busySize = 40;

/**
 * Puts alerts that are raised and cleared into each outbox, on and on, with no more than some dozen waiting. `stop`
 * answers the ids of all that were put, in order of their names.
 */
export function startTraffic(
	outboxes: readonly Outbox[],
	{ firstNumber = 0, onPut = () => undefined }: { firstNumber?: number; onPut?: (alertId: string) => unknown } = {},
): { stop(): string[] } {
	const put: string[] = [];
	let number = firstNumber;
	const timer = setInterval(() => {
		for (const [index, outbox] of outboxes.entries()) {
			if (outbox.size > busySize) continue;
			const lane = `lane-${index + 1}${"abc".charAt(number % 3)}`;
			const alertId = `${lane}-${String(number).padStart(6, "0")}`;
			outbox.put(raisedMessage(alertId, lane));
			outbox.put(clearedMessage(alertId, lane));
			put.push(alertId);
			onPut(alertId);
		}
		number += 1;
	}, 5);
	return {
		stop() {
			clearInterval(timer);
			return put.sort();
		},
	};
}

/** As edge/store opens it. */
export function openEdgeDatabase(file: string): Database.Database {
	const db = new Database(file);
	db.pragma("journal_mode = WAL");
	db.pragma("synchronous = FULL");
	return db;
}

import { isDeepStrictEqual } from "node:util";
import { type MessageKind, messageSchemas } from "#contract/messages/index.ts";
import { topics } from "#contract/topics.ts";
import { applyMessage } from "../../../src/server/ingest/apply-message.ts";
import { readMessage } from "../../../src/server/ingest/read-message.ts";
import { Feed } from "../../../src/server/store/feed.ts";
import { edgeOne, openWireStore } from "../../support/wire-store.ts";

/** The topic on which a message of this content would come. */
export function topicOf(of: MessageKind, value: unknown): string {
	const { laneId, cameraId } = (value ?? {}) as { laneId?: unknown; cameraId?: unknown };
	if (of === "laneState") return topics.laneState(edgeOne, typeof laneId === "string" ? laneId : "lane-1a");
	if (of === "cameraHealth") return topics.cameraHealth(edgeOne, typeof cameraId === "string" ? cameraId : "cam-1");
	return topics[of](edgeOne);
}

/** Read and applied: what is taken is what the contract says, to the letter; all else has one sentence and no trace. */
export function makeIntake(): (topic: string, bytes: Uint8Array) => boolean {
	const store = openWireStore();
	const feed = new Feed(store);
	return (topic, bytes) => {
		const reading = readMessage(topic, bytes);
		if (reading.result !== "message") {
			const reason = "reason" in reading ? reading.reason : "";
			return reason.length <= 500 && !/\bat .*\.ts:\d+|\[object Object\]/.test(reason);
		}
		const { message } = reading;
		if (!isDeepStrictEqual(plain(messageSchemas[message.kind].parse(message.payload)), plain(message.payload)))
			return false;
		const outcome = applyMessage(store, feed, edgeOne, message.kind, message.payload as never, 50_000);
		return ["applied", "nothing_new", "not_ours", "not_known", "refused"].includes(outcome.result);
	};
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

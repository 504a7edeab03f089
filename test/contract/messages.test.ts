import { describe, expect, it } from "vitest";
import { messageSchemas } from "#contract/messages/index.ts";
import { isUplink } from "#contract/read-topic.ts";
import { type EdgeAddress, topics } from "#contract/topics.ts";
import { readDownlink } from "../../edge/publish/read-downlink.ts";
import { readMessage } from "../../src/server/ingest/read-message.ts";
import { type MessageFixture, messageFixtures } from "../support/message-fixtures.ts";

const edge: EdgeAddress = { siteId: "garden", edgeId: "edge-1" };

/** What the side that receives such a message makes of it. */
function isTaken({ kind, payload }: MessageFixture): boolean {
	const bytes = Buffer.from(JSON.stringify(payload));
	return isUplink(kind)
		? readMessage(topicOf(kind, payload), bytes).result === "message"
		: readDownlink(topicOf(kind, payload), bytes).kind === kind;
}

function topicOf(kind: MessageFixture["kind"], payload: unknown): string {
	const { laneId = "lane-1", cameraId = "gate-north" } = payload as { laneId?: string; cameraId?: string };
	if (kind === "laneState") return topics.laneState(edge, laneId);
	if (kind === "cameraHealth") return topics.cameraHealth(edge, cameraId);
	return topics[kind](edge);
}

describe("every kind of message", () => {
	it.each(Object.keys(messageSchemas))("%s has examples that are right and examples that are wrong", (kind) => {
		for (const which of ["valid", "invalid"] as const) {
			expect(messageFixtures(which).filter((fixture) => fixture.kind === kind)).not.toHaveLength(0);
		}
	});
});

describe("both sides take", () => {
	it.each(messageFixtures("valid"))("$name", (fixture) => {
		expect(messageSchemas[fixture.kind].safeParse(fixture.payload).error).toBeUndefined();
		expect(isTaken(fixture)).toBe(true);
	});
});

describe("both sides refuse", () => {
	it.each(messageFixtures("invalid"))("$name ($why)", (fixture) => {
		expect(messageSchemas[fixture.kind].safeParse(fixture.payload).success).toBe(false);
		expect(isTaken(fixture)).toBe(false);
		expect(fixture.why).toBeTruthy();
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CameraHealthMessage, StatusMessage } from "#contract/messages/index.ts";
import { laneStates } from "#contract/messages/index.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import type { EdgeMessage } from "../../src/server/ingest/read-message.ts";
import { Feed } from "../../src/server/store/feed.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { clearedMessage, edgeOne, laneStateMessage, openWireStore, raisedMessage } from "../support/wire-store.ts";

const receivedAt = 50_000;

function alertsOf(number: number): EdgeMessage[] {
	const lane = `lane-1${"abc".charAt(number % 3)}`;
	const alertId = `alert-${number}`;
	const raised: EdgeMessage = { kind: "alert", payload: raisedMessage(alertId, lane, 1000 * (number + 1)) };
	const cleared: EdgeMessage = { kind: "alert", payload: clearedMessage(alertId, lane, 1000 * (number + 1) + 700) };
	return number % 4 === 3 ? [raised] : [raised, cleared];
}

function statesOf(number: number): EdgeMessage[] {
	const at = 1000 * (number + 1);
	const lane = laneStateMessage(`lane-1${"abc".charAt(number % 3)}`, at, laneStates[number % laneStates.length]);
	const health: CameraHealthMessage = {
		v: 1,
		cameraId: "cam-1",
		state: number % 2 ? "online" : "offline",
		problem: number % 2 ? null : "timeout",
		since: at,
		...{ at, connectedAt: 1000 * (1 + number - (number % 2)) },
		video: null,
		recording: number % 2 === 1,
	};
	const status = (state: StatusMessage["state"]): EdgeMessage => ({
		kind: "status",
		payload: { v: 1, state, at, version: "0.1.0" },
	});
	return [
		{
			kind: "laneState",
			payload: {
				...lane,
				connectedAt: 1000 * (1 + number - (number % 3)),
				alertId: number % 2 ? `alert-${number}` : null,
			},
		},
		{ kind: "cameraHealth", payload: health },
		status("online"),
		...(number % 3 ? [status("offline")] : []), // the last will bears the instant of its connection
	];
}

/** What an edge said, in the order in which it said it. */
const story = fc
	.integer({ min: 1, max: 6 })
	.map((length) => Array.from({ length }, (_, number) => [...alertsOf(number), ...statesOf(number)]).flat());

/** The same messages in any order, each at least once. */
const telling = story.chain((messages) =>
	fc.record({
		messages: fc.constant(messages),
		told: fc.array(fc.nat({ max: messages.length - 1 }), { maxLength: messages.length }).chain((again) =>
			fc.shuffledSubarray([...messages, ...again.map((index) => messages[index] as EdgeMessage)], {
				minLength: messages.length + again.length,
			}),
		),
	}),
);

function tell(messages: readonly EdgeMessage[]): { store: Store; rows: unknown } {
	const store = openWireStore();
	const feed = new Feed(store);
	for (const { kind, payload } of messages) applyMessage(store, feed, edgeOne, kind, payload, receivedAt);
	const all = (table: string, order: string) => store.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all();
	return {
		store,
		rows: {
			alerts: all("alerts", "id"),
			applied: all("applied_messages", "id"),
			lanes: all("lanes", "id"),
			cameras: all("cameras", "id"),
			// `state_since` of an edge is when a change of state was received: it depends on the order, and may.
			edges: store.prepare("SELECT id, state, state_at FROM edges ORDER BY id").all(),
		},
	};
}

describe("messages of an edge", () => {
	it("give the same rows in any order and however often", () => {
		fc.assert(
			fc.property(telling, ({ messages, told }) => {
				const straight = tell(messages);
				const crooked = tell(told);
				expect(crooked.rows).toEqual(straight.rows);
				straight.store.close();
				crooked.store.close();
			}),
			{ numRuns: 40 },
		);
	});
});

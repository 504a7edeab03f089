import { beforeEach, describe, expect, it } from "vitest";
import type { EdgeFigures, LaneStateMessage, StatusMessage } from "#contract/messages/index.ts";
import { topics } from "#contract/topics.ts";
import { followLostTrack } from "../../src/server/alerts/lost-track.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { Feed } from "../../src/server/store/feed.ts";
import type { Store } from "../../src/server/store/open-store.ts";
import { messageTaker } from "../support/message-taker.ts";
import {
	clearedMessage,
	edgeOne,
	edgeTwo,
	laneStateMessage,
	openWireStore,
	raisedMessage,
} from "../support/wire-store.ts";

const minute = 60_000;
const t0 = 1_795_366_800_000;

let store: Store;
let feed: Feed;
let now: number;
beforeEach(() => {
	store = openWireStore();
	feed = new Feed(store);
	now = t0;
	connect();
	applyMessage(store, feed, edgeOne, "alert", raisedMessage("old", "lane-1a", t0), now);
	say({ state: "occupied", alertId: "old" });
});

/** The edge begins a connection. */
function connect(edge = edgeOne): void {
	applyMessage(store, feed, edge, "status", { v: 1, state: "online", at: now, version: "0" }, now);
	connectedAt = now;
}
let connectedAt = 0;
const say = (more: Partial<LaneStateMessage>) =>
	applyMessage(store, feed, edgeOne, "laneState", { ...laneStateMessage("lane-1a", now), connectedAt, ...more }, now);
const raise = (id: string) => applyMessage(store, feed, edgeOne, "alert", raisedMessage(id, "lane-1a", now), now);
const follow = (edgeId = edgeOne.edgeId) => followLostTrack(store, feed, edgeId, now);
const old = () => store.prepare("SELECT cleared_at AS at, cleared_by AS by FROM alerts WHERE id = 'old'").get();
const figures: EdgeFigures = {
	...{ startedAt: t0, cameras: 1, camerasOnline: 1, frames: 1, looks: 1, waitingLooks: 0, waitingAlerts: 0 },
	...{ refusedAlerts: 0, waitingEvidence: 0, waitingEvidenceBytes: 0, freeBytes: null, residentBytes: 1, cpuMs: 1 },
};
const open = { at: null, by: null };

describe("an open alert that its edge does not know any more", () => {
	it("ends when the edge has seen the lane clear for minutes; the page and the list are told", () => {
		now += 10 * minute;
		connect();
		const clearAt = now;
		say({ since: clearAt });
		expect(follow()).toEqual([]); // the two may yet agree
		now += 6 * minute;
		const before = feed.since(0)?.length ?? 0;
		expect(follow()).toEqual([{ alertId: "old", laneId: "lane-1a", ended: true }]);
		expect(old()).toEqual({ at: clearAt, by: "lost_track" });
		expect(feed.since(0)?.slice(before)).toMatchObject([
			{ kind: "alert", subject: "old" },
			{ kind: "lane", subject: "lane-1a" },
		]);
		expect(follow()).toEqual([]);
	});

	it("ends where another one of the lane is open, at that one's beginning", () => {
		now += 10 * minute;
		connect();
		raise("new");
		say({ state: "occupied", alertId: "new" });
		now += 6 * minute;
		follow();
		expect(old()).toEqual({ at: now - 6 * minute - 500, by: "lost_track" });
		expect(store.prepare("SELECT cleared_at FROM alerts WHERE id = 'new'").pluck().get()).toBeNull();
	});

	it.each<[string, () => void]>([
		["nobody sees the lane", () => say({ state: "unknown", reason: "stream_lost" })],
		["something stands there and is no alert yet", () => say({ state: "occupied" })],
		["the edge said so over an earlier connection", () => (say({}), (now += minute), connect())],
		[
			"the edge is away",
			() => (
				say({}),
				applyMessage(store, feed, edgeOne, "status", { v: 1, state: "offline", at: connectedAt, version: "0" }, now)
			),
		],
		["the edge names it", () => say({ state: "occupied", alertId: "old" })],
		["the edge names one that is not here", () => say({ state: "occupied", alertId: "not-here" })],
	])("stays open where %s", (_, meanwhile) => {
		now += 10 * minute;
		connect();
		meanwhile();
		now += 20 * minute;
		follow();
		expect(old()).toEqual(open);
	});

	it("stays open where the lane was clear by a word of before it was raised", () => {
		now += 10 * minute;
		connect();
		say({ since: t0 - 1 });
		now += 20 * minute;
		follow();
		expect(old()).toEqual(open);
	});

	it.each([
		["stays open where the edge began to watch after it: what lay there it learned as the lane", 10 * minute, false],
		["ends where the edge watched before it: then the server's data is the older", -10 * minute, true],
	])("of goods %s", (_, watchedAfterMs, ends) => {
		store.exec("UPDATE alerts SET cause = 'object'");
		now += 20 * minute;
		connect();
		say({ blindMs: 0, watchedSince: t0 + watchedAfterMs });
		now += 6 * minute;
		expect(follow()).toHaveLength(ends ? 1 : 0);
	});

	it("stays open for another edge's word", () => {
		now += 10 * minute;
		connect(edgeTwo);
		now += 20 * minute;
		follow(edgeTwo.edgeId);
		expect(old()).toEqual(open);
	});

	it.each([
		["a live heartbeat that says that no alert waits", { waitingAlerts: 0, retained: false, ends: true }],
		["one that says that alerts wait", { waitingAlerts: 1, retained: false, ends: false }],
		["one out of the broker's memory", { waitingAlerts: 0, retained: true, ends: false }],
	])("ends by no other word than the edge's own: %s", (_, { waitingAlerts, retained, ends }) => {
		now = Date.now() - 30 * minute;
		store.prepare("UPDATE alerts SET received_at = ?").run(now);
		connect();
		say({});
		const { take, lines } = messageTaker(store, feed);
		const status: StatusMessage = {
			v: 1,
			state: "online",
			at: connectedAt,
			version: "0",
			figures: { ...figures, waitingAlerts },
		};
		take(topics.status(edgeOne), status, retained);
		expect(old()).toEqual(ends ? { at: now, by: "lost_track" } : open);
		expect(lines.map(({ msg }) => msg)).toEqual(
			ends ? ["its edge does not know an open alert any more: it ended"] : [],
		);
	});

	it("is open again where its edge has its data back, and ends by the edge's own word", () => {
		now += 10 * minute;
		connect();
		say({});
		now += 6 * minute;
		follow();
		expect(old()).toMatchObject({ by: "lost_track" });
		connect();
		say({ state: "occupied", alertId: "old" });
		expect(follow()).toEqual([{ alertId: "old", laneId: "lane-1a", ended: false }]);
		expect(old()).toEqual(open);
		now += 10 * minute;
		connect();
		say({});
		now += 6 * minute;
		follow();
		applyMessage(store, feed, edgeOne, "alert", clearedMessage("old", "lane-1a", now), now);
		expect(old()).toEqual({ at: now, by: "camera" });
	});
});

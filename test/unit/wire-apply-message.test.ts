import { describe, expect, it } from "vitest";
import { findAlert } from "../../src/server/alerts/alerts-store.ts";
import { lanesToSpeakTo } from "../../src/server/dissuasion/lanes-to-speak-to.ts";
import { lanesSeen } from "../../src/server/handling/round-store.ts";
import { findLane } from "../../src/server/lanes/lanes-store.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { SilentEdges } from "../../src/server/ingest/silent-edges.ts";
import { Feed } from "../../src/server/store/feed.ts";
import { type EdgeAddress, topics } from "#contract/topics.ts";
import type { AlertMessage, LaneStateMessage, StatusMessage } from "#contract/messages/index.ts";
import { messageTaker } from "../support/message-taker.ts";
import {
	clearedMessage,
	edgeOne,
	edgeTwo,
	laneStateMessage,
	openWireStore,
	raisedMessage,
} from "../support/wire-store.ts";

const receivedAt = 1_000_000;

function world() {
	const store = openWireStore();
	const feed = new Feed(store);
	return {
		store,
		feed,
		alert: (message: AlertMessage, edge: EdgeAddress = edgeOne) =>
			applyMessage(store, feed, edge, "alert", message, receivedAt),
		lane: (message: LaneStateMessage, edge: EdgeAddress = edgeOne) =>
			applyMessage(store, feed, edge, "laneState", message, receivedAt),
		status: (state: StatusMessage["state"], at: number) =>
			applyMessage(store, feed, edgeOne, "status", { v: 1, state, at, version: "0" }, receivedAt),
		told: () => feed.since(0)?.map(({ kind, subject }) => `${kind} ${subject}`),
		row: (sql: string) => store.prepare<[], Record<string, unknown>>(sql).get(),
	};
}

describe("an alert", () => {
	it("is one row, whose end may come first, and the feed tells of both", () => {
		const { alert, row, told } = world();
		expect(alert(clearedMessage("a", "lane-1a", 5000))).toEqual({ result: "applied" });
		expect(row("SELECT raised_at, cleared_at, cleared_by, box FROM alerts")).toEqual({
			raised_at: null,
			cleared_at: 5000,
			cleared_by: "camera",
			box: null,
		});
		expect(alert(raisedMessage("a", "lane-1a", 1000))).toEqual({ result: "applied" });
		expect(row("SELECT entered_at, raised_at, cleared_at, cause, label, box, received_at FROM alerts")).toEqual({
			entered_at: 500,
			raised_at: 1000,
			cleared_at: 5000,
			cause: "vehicle",
			label: "truck",
			box: "[0.1,0.2,0.3,0.4]",
			received_at: receivedAt,
		});
		expect(told()).toEqual(["alert a", "lane lane-1a", "alert a", "lane lane-1a"]);
	});

	it("keeps what was left of the lane when it was raised", () => {
		const { alert, store } = world();
		const clearance = { share: 0.43, widthM: 2.6, level: "blocked" as const };
		alert({ ...raisedMessage("a"), clearance });
		alert(raisedMessage("b"));
		expect(findAlert(store, "a")?.clearance).toEqual(clearance);
		expect(findAlert(store, "b")?.clearance).toBeNull();
	});

	it("of piled goods keeps its outline as it was told", () => {
		const { alert, row } = world();
		const outline: [number, number][][] = [
			[
				[0.1, 0.1],
				[0.2, 0.1],
				[0.1, 0.2],
			],
		];
		alert({ ...raisedMessage("a"), cause: "object", label: "object", outline });
		expect(row("SELECT outline FROM alerts")).toEqual({ outline: JSON.stringify(outline) });
		alert({ ...raisedMessage("b"), outline: [] });
		expect(row("SELECT outline FROM alerts WHERE id = 'b'")).toEqual({ outline: null });
	});

	it("that comes again changes and tells nothing, also when it is no longer known as applied", () => {
		const { alert, store, told } = world();
		alert(raisedMessage("a"));
		expect(alert(raisedMessage("a"))).toEqual({ result: "nothing_new" });
		store.prepare("DELETE FROM applied_messages").run();
		expect(alert(raisedMessage("a"))).toEqual({ result: "nothing_new" });
		expect(told()).toHaveLength(2);
	});

	it.each([
		["a lane of another edge", { laneId: "lane-2a" }, "laneId: lane-2a is not a lane of this edge"],
		["a camera of another edge", { cameraId: "cam-2" }, "cameraId: cam-2 is not a camera of this edge"],
	])("of %s is refused in words and leaves nothing", (_, change, reason) => {
		const { alert, row } = world();
		expect(alert({ ...raisedMessage("a"), ...change })).toEqual({ result: "refused", reason });
		expect(row("SELECT count(*) AS n FROM alerts")).toEqual({ n: 0 });
		expect(row("SELECT count(*) AS n FROM applied_messages")).toEqual({ n: 0 });
	});

	it.each([
		["lane", { laneId: "lane-9" }, "laneId: there is no lane lane-9"],
		["camera", { cameraId: "cam-9" }, "cameraId: there is no camera cam-9"],
	])(
		"of a %s that is not known here, as after a restore, is kept at the edge, and leaves nothing",
		(_, change, reason) => {
			const { alert, row } = world();
			expect(alert({ ...raisedMessage("a"), ...change })).toEqual({ result: "not_known", reason });
			expect(row("SELECT count(*) AS n FROM alerts")).toEqual({ n: 0 });
			expect(row("SELECT count(*) AS n FROM applied_messages")).toEqual({ n: 0 });
		},
	);

	it("of one edge cannot be cleared by another, nor told of another lane", () => {
		const { alert, row } = world();
		alert(raisedMessage("a"));
		const foreign = { ...clearedMessage("a", "lane-2a"), id: "x" };
		expect(alert(foreign, edgeTwo)).toMatchObject({
			result: "refused",
			reason: expect.stringContaining("another edge") as string,
		});
		expect(alert(clearedMessage("a", "lane-1b"))).toMatchObject({ result: "refused" });
		expect(row("SELECT cleared_at FROM alerts")).toEqual({ cleared_at: null });
	});

	it("is still cleared when its lane and camera are removed", () => {
		const { alert, store, row } = world();
		alert(raisedMessage("a"));
		store.exec("DELETE FROM zones; UPDATE lanes SET removed_at = 1; UPDATE cameras SET removed_at = 1");
		expect(alert({ ...clearedMessage("a"), by: "zone_removed" })).toEqual({ result: "applied" });
		expect(row("SELECT cleared_by FROM alerts")).toEqual({ cleared_by: "zone_removed" });
	});

	it("of an edge that is unknown, revoked or of another site is left without an answer", () => {
		const { alert, store } = world();
		expect(alert(raisedMessage("a"), { siteId: "garden", edgeId: "edge-9" })).toEqual({ result: "not_ours" });
		expect(alert(raisedMessage("a"), { siteId: "mall", edgeId: "edge-1" })).toEqual({ result: "not_ours" });
		store.exec("UPDATE edges SET revoked_at = 1");
		expect(alert(raisedMessage("a"))).toEqual({ result: "not_ours" });
	});
});

describe("the state of a lane", () => {
	it("is the one said last, and says which alert the edge holds open", () => {
		const { lane, row, told } = world();
		lane({ ...laneStateMessage("lane-1a", 2000, "occupied"), alertId: "a" });
		expect(lane(laneStateMessage("lane-1a", 1000, "clear"))).toEqual({ result: "nothing_new" });
		expect(row("SELECT state, since, state_at, open_alert_id FROM lanes WHERE id = 'lane-1a'")).toEqual({
			state: "occupied",
			since: 2000,
			state_at: 2000,
			open_alert_id: "a",
		});
		expect(lane({ ...laneStateMessage("lane-1a", 3000, "occupied"), since: 2000, alertId: "a" })).toEqual({
			result: "nothing_new",
		});
		expect(told()).toEqual(["lane lane-1a"]);
	});

	it("says what is left of the lane, as long as the edge is there, and a change of it is told", () => {
		const { lane, store, told } = world();
		const clearance = { share: 0.4, widthM: null, level: null };
		store.exec("UPDATE edges SET state = 'online', state_since = 1");
		lane({ ...laneStateMessage("lane-1a", 1000, "occupied"), clearance });
		lane({ ...laneStateMessage("lane-1a", 2000, "occupied"), since: 1000, clearance });
		expect(findLane(store, "lane-1a")?.clearance).toEqual(clearance);
		expect(told()).toEqual(["lane lane-1a"]);
		lane({ ...laneStateMessage("lane-1a", 3000, "occupied"), since: 1000, clearance: { ...clearance, share: 0.3 } });
		expect(told()).toHaveLength(2);
		store.exec("UPDATE edges SET state = 'offline'");
		expect(findLane(store, "lane-1a")?.clearance).toBeNull();
		store.exec("UPDATE edges SET state = 'online'");
		lane(laneStateMessage("lane-1a", 4000, "clear"));
		expect(findLane(store, "lane-1a")?.clearance).toBeNull();
	});

	it("that was said by a clock far ahead blocks nothing once the clock is put right", () => {
		const { lane, row } = world();
		lane(laneStateMessage("lane-1a", receivedAt + 3_600_000, "occupied"));
		expect(lane(laneStateMessage("lane-1a", receivedAt, "clear"))).toEqual({ result: "applied" });
		expect(row("SELECT state FROM lanes WHERE id = 'lane-1a'")).toEqual({ state: "clear" });
	});

	it("of before a restart of its edge holds no more, and what is said then counts, whatever its clock says", () => {
		const { lane, status, told, store } = world();
		const shown = () => {
			const { state, reason } = findLane(store, "lane-1a") ?? {};
			return { state, reason };
		};
		status("online", 1_000);
		lane({ ...laneStateMessage("lane-1a", 90_000, "clear"), connectedAt: 1_000 });
		expect(shown()).toEqual({ state: "clear", reason: null });
		status("offline", 1_000);
		status("online", 1_001); // outruns a clock that is behind
		expect(shown()).toEqual({ state: "unknown", reason: "starting" });
		expect(lanesSeen(store, ["lane-1a"])).toMatchObject([{ saidAt: null, edgeIsThere: true }]);
		expect(lanesToSpeakTo(store, "gate", ["lane-1a"])).toMatchObject([{ isWatched: false }]);
		lane({ ...laneStateMessage("lane-1a", 95_000, "occupied"), connectedAt: 1_000 }); // late
		expect(shown()).toEqual({ state: "unknown", reason: "starting" });
		const again = { ...laneStateMessage("lane-1a", 50_000, "occupied"), since: 95_000, connectedAt: 1_001 };
		expect(lane(again)).toEqual({ result: "applied" });
		expect(shown()).toEqual({ state: "occupied", reason: null });
		expect(lanesToSpeakTo(store, "gate", ["lane-1a"])).toMatchObject([{ isWatched: true }]);
		status("online", 1_002);
		expect(lane({ ...again, connectedAt: 1_002 })).toEqual({ result: "applied" }); // the page showed it as unknown
		expect(told()?.filter((each) => each === "lane lane-1a")).toHaveLength(4);
		expect(lane(laneStateMessage("lane-1a", 50_001, "clear"))).toEqual({ result: "applied" }); // an older edge
		expect(shown()).toEqual({ state: "clear", reason: null });
	});

	it("and that of a camera: what is said over a later connection counts", () => {
		const { store, feed, row } = world();
		const say = (state: "online" | "offline", at: number, connectedAt: number) =>
			applyMessage(
				store,
				feed,
				edgeOne,
				"cameraHealth",
				{
					...{ v: 1, cameraId: "cam-1", state, problem: null, since: 1, at, connectedAt, video: null, recording: true },
				},
				receivedAt,
			);
		say("online", 90_000, 1_000);
		expect(say("offline", 50_000, 1_001)).toEqual({ result: "applied" });
		expect(say("offline", 50_001, 1_002)).toEqual({ result: "nothing_new" });
		expect(say("online", 95_000, 1_000)).toEqual({ result: "nothing_new" });
		expect(row("SELECT health_at AS at, health_over AS over FROM cameras WHERE id = 'cam-1'")).toEqual({
			...{ at: 50_001, over: 1_002 },
		});
	});

	it("carries a counter of blind time that is put down as it grows, and tells the page nothing new", () => {
		const { lane, row, told } = world();
		const say = (at: number, blindMs: number, watchedSince = 500) =>
			lane({
				...laneStateMessage("lane-1a", at, "unknown"),
				since: 1000,
				reason: "lens_covered",
				blindMs,
				watchedSince,
			});
		say(1000, 100);
		expect(say(16_000, 15_100)).toEqual({ result: "nothing_new" });
		say(8000, 7100); // late
		say(31_000, 50, 30_000); // the edge began anew
		expect(row("SELECT sum(blind_ms) AS ms FROM lane_blind_days WHERE lane_id = 'lane-1a'")).toEqual({ ms: 15_150 });
		expect(told()).toEqual(["lane lane-1a"]);
		lane(laneStateMessage("lane-1a", 32_000, "clear")); // from an edge that does not count
		expect(row("SELECT sum(blind_ms) AS ms FROM lane_blind_days")).toEqual({ ms: 15_150 });
	});

	it("is not taken of another's lane, and not of one that was removed", () => {
		const { lane, store } = world();
		expect(lane({ ...laneStateMessage("lane-2a", 1000), cameraId: "cam-1" })).toMatchObject({ result: "refused" });
		store.exec("UPDATE lanes SET removed_at = 1");
		expect(lane(laneStateMessage("lane-1a", 1000))).toEqual({ result: "nothing_new" });
	});
});

describe("the status of an edge", () => {
	it("ends with the last will of its own connection, not with that of the one before", () => {
		const { status, row, told } = world();
		const state = () => row("SELECT state, state_at FROM edges WHERE id = 'edge-1'");
		status("online", 1000);
		status("online", 2000);
		status("offline", 1000);
		expect(state()).toEqual({ state: "online", state_at: 2000 });
		status("offline", 2000);
		status("online", 2000);
		expect(state()).toEqual({ state: "offline", state_at: 2000 });
		status("online", 3000);
		expect(state()).toEqual({ state: "online", state_at: 3000 });
		expect(told()).toEqual(["edge edge-1", "edge edge-1", "edge edge-1"]);
	});

	it("is not there since an instant that is yet to come, whatever its clock says", () => {
		const { status, row } = world();
		status("online", receivedAt + 3_600_000);
		expect(row("SELECT state_since AS since FROM edges WHERE id = 'edge-1'")).toEqual({ since: receivedAt });
	});

	it("becomes offline by silence, comes back with any live word, and not out of the broker's memory", () => {
		const { store, feed, row } = world();
		let now = 0;
		const silentEdges = new SilentEdges(store, feed, 100, () => now);
		const { take } = messageTaker(store, feed, silentEdges);
		const online = (retained: boolean) =>
			take(topics.status(edgeOne), { v: 1, state: "online", at: 1000, version: "0" }, retained);
		const state = () => row("SELECT state FROM edges WHERE id = 'edge-1'")?.["state"];
		online(false);
		now = 90;
		expect(silentEdges.sweep(1)).toEqual([]);
		online(false);
		now = 180;
		expect(silentEdges.sweep(1)).toEqual([]);
		now = 250;
		expect(silentEdges.sweep(1)).toEqual(["edge-1"]);
		expect(state()).toBe("offline");
		online(true);
		expect(state()).toBe("offline");
		online(false);
		expect(state()).toBe("online");
	});
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { feedChangeOf } from "../../src/web/live/feed-change.ts";
import { SseParser } from "../../src/web/live/sse-parser.ts";
import {
	attentionOrder,
	changedWallPicture,
	endedAlerts,
	matchesFilter,
	newAlerts,
	openCount,
	tileOrder,
	wallPictureOf,
} from "../../src/web/live/wall-picture.ts";
import { tileAfterKey } from "../../src/web/pages/wall/tile-navigation.ts";
import { quietHandling } from "../support/quiet-handling.ts";

const lane = (id: string, more: Partial<LaneAnswer> = {}): LaneAnswer => ({
	id,
	name: id,
	kind: "fire_lane",
	siteId: "site-1",
	cameraId: "camera-1",
	cameraName: "东门枪机",
	state: "clear",
	reason: null,
	since: 1_000,
	blindTodayMs: null,
	placeId: id,
	blindUntil: null,
	pictureAt: null,
	polygon: [
		[0, 0],
		[1, 0],
		[1, 1],
	],
	clearance: null,
	openAlertId: null,
	...more,
});
const alert = (id: string, more: Partial<AlertAnswer> = {}): AlertAnswer => ({
	id,
	laneId: "a",
	laneName: "a",
	laneKind: "fire_lane",
	siteId: "site-1",
	cameraId: "camera-1",
	cameraName: "东门枪机",
	state: "open",
	enteredAt: 1_000,
	raisedAt: 2_000,
	clearedAt: null,
	clearedBy: null,
	cause: "vehicle",
	label: "car",
	confidence: 0.8,
	box: [0, 0, 1, 1],
	outline: [],
	clearance: null,
	handling: quietHandling(id, 2_000),
	acknowledged: null,
	falseAlarm: null,
	fixed: false,
	reportedCleared: null,
	acceptance: null,
	evidence: [],
	evidenceSet: null,
	...more,
});
const said = { by: "wang", at: 3_000 };
const picture = (lanes: LaneAnswer[], openAlerts: AlertAnswer[] = []) =>
	wallPictureOf({ now: 0, feedPosition: 0, lanes, openAlerts });
const ids = (all: Iterable<{ id: string }>) => [...all].map(({ id }) => id);

describe("the stream", () => {
	const text =
		': still here\n\nretry: 2000\n\nid: 7\nevent: removed\ndata: {"kind":"lane",\ndata: "id":"a"}\n\nevent: reset\r\ndata: {}\r\n\r\n';

	test("comes out the same, however it is cut into pieces", () => {
		const whole = new SseParser().push(text);
		expect(whole).toEqual([
			{ id: "7", event: "removed", data: '{"kind":"lane",\n"id":"a"}' },
			{ id: "7", event: "reset", data: "{}" },
		]);
		fc.assert(
			fc.property(fc.array(fc.nat(text.length)), (cuts) => {
				const parser = new SseParser();
				const bounds = [0, ...cuts.toSorted((a, b) => a - b), text.length];
				const pieces = bounds.slice(1).map((end, index) => text.slice(bounds[index], end));
				expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(whole);
			}),
		);
	});

	test("kinds that a newer server sends are left aside, wrong values are not", () => {
		expect(feedChangeOf({ id: "1", event: "weather", data: "{}" })).toBeNull();
		expect(feedChangeOf({ id: "1", event: "toString", data: "{}" })).toBeNull();
		expect(() => feedChangeOf({ id: "1", event: "lane", data: "{}" })).toThrow();
	});
});

describe("the wall's picture", () => {
	test("an alert that is cleared leaves, a new one is told of once", () => {
		const before = picture([lane("a")], [alert("x")]);
		const after = changedWallPicture(before, [
			{ kind: "alert", value: alert("y", { raisedAt: 5_000 }) },
			{ kind: "alert", value: alert("x", { state: "cleared" }) },
		]);
		expect(ids(newAlerts(before, after))).toEqual(["y"]);
		expect(ids(endedAlerts(before, after))).toEqual(["x"]);
		const again = changedWallPicture(after, [{ kind: "alert", value: alert("y", { acknowledged: said }) }]);
		expect(newAlerts(after, again)).toEqual([]);
	});

	test("with a camera go its lanes; a lane that did not change stays the same thing", () => {
		const other = lane("b", { cameraId: "camera-2" });
		const after = changedWallPicture(picture([lane("a"), other]), [
			{ kind: "removed", value: { kind: "camera", id: "camera-1" } },
		]);
		expect([...after.lanes.values()]).toEqual([other]);
		expect(after.lanes.get("b")).toBe(other);
	});

	test("the title counts what is open, save false alarms", () => {
		expect(
			openCount(picture([], [alert("x"), alert("y", { falseAlarm: said }), alert("z", { acknowledged: said })])),
		).toBe(2);
	});

	test("attention: unseen first, newest on top, what waits for the camera last", () => {
		const order = attentionOrder([
			alert("waits", { reportedCleared: said, raisedAt: 9_000 }),
			alert("seen", { acknowledged: said, raisedAt: 8_000 }),
			alert("old", { raisedAt: 1_000 }),
			alert("new", { raisedAt: 7_000 }),
		]);
		expect(ids(order)).toEqual(["new", "old", "seen", "waits"]);
	});

	test("tiles: occupied first, the longest on top, then what is unsettled, then the calm ones by number", () => {
		const order = tileOrder([
			lane("c10", { name: "10 号楼" }),
			lane("c2", { name: "2 号楼" }),
			lane("u", { state: "unknown" }),
			lane("p", { state: "pending" }),
			lane("o2", { state: "occupied", since: 5_000 }),
			lane("o1", { state: "occupied", since: 4_000 }),
		]);
		expect(ids(order)).toEqual(["o1", "o2", "p", "u", "c2", "c10"]);
	});

	test("消防车道 finds 消防车通道, and every word must be found", () => {
		const one = lane("a", { name: "3 号楼消防车通道" });
		expect(matchesFilter(one, { state: "all", text: "消防车道" })).toBe(true);
		expect(matchesFilter(one, { state: "all", text: "3 东门" })).toBe(true);
		expect(matchesFilter(one, { state: "all", text: "3 西门" })).toBe(false);
		expect(matchesFilter(one, { state: "occupied", text: "" })).toBe(false);
	});
});

test.each([
	["ArrowRight", 0, 1],
	["ArrowRight", 6, null],
	["ArrowDown", 2, 5],
	["ArrowDown", 4, 6], // the last row is shorter
	["ArrowDown", 6, null],
	["ArrowUp", 6, 3],
	["ArrowUp", 1, null],
	["End", 0, 6],
	["x", 0, null],
] as const)("from a grid of 7 tiles in 3 columns, %s leads from %i to %s", (key, from, to) => {
	expect(tileAfterKey(key, from, 3, 7)).toBe(to);
});

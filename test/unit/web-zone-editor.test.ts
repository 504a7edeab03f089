import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ZoneBody } from "#contract/zones.ts";
import { zonesBody } from "#contract/cameras-api.ts";
import type { Point } from "#core/geometry/shapes.ts";
import { movedBy, withPointAt, withPointInserted, withoutPoint } from "../../src/web/pages/zones/polygon-shape.ts";
import {
	type EditorAction,
	type EditorState,
	isDirty,
	reduceEditor,
	startEditor,
} from "../../src/web/pages/zones/zone-editor.ts";

const square: ZoneBody = {
	id: "zone-a",
	name: "东侧",
	kind: "fire_lane",
	polygon: [
		[0.2, 0.2],
		[0.6, 0.2],
		[0.6, 0.6],
		[0.2, 0.6],
	],
};

const after = (state: EditorState, ...actions: EditorAction[]) => actions.reduce(reduceEditor, state);
const drawn = (points: readonly Point[]): EditorAction[] => points.map((at) => ({ do: "addPoint", at }));
const triangle: readonly Point[] = [
	[0.1, 0.1],
	[0.5, 0.1],
	[0.3, 0.5],
];

describe("drawing a zone", () => {
	test("its points become a zone, which is chosen", () => {
		const state = after(startEditor([]), { do: "begin", kind: "hydrant_front" }, ...drawn(triangle), {
			do: "finish",
			id: "zone-b",
			name: "消火栓",
		});
		expect(state.zones).toEqual([{ id: "zone-b", name: "消火栓", kind: "hydrant_front", polygon: triangle }]);
		expect(state.chosenId).toBe("zone-b");
		expect(state.draft).toBeNull();
	});

	test("two points are no zone yet", () => {
		const state = after(startEditor([]), { do: "begin", kind: "fire_lane" }, ...drawn(triangle.slice(0, 2)), {
			do: "finish",
			id: "zone-b",
			name: "x",
		});
		expect(state.zones).toEqual([]);
		expect(state.draft?.points).toHaveLength(2);
	});

	test("a double click sets one point, and a point outside the picture is drawn to its edge", () => {
		const state = after(
			startEditor([]),
			{ do: "begin", kind: "fire_lane" },
			...drawn([
				[0.5, 0.5],
				[0.501, 0.501],
				[1.7, -3],
			]),
		);
		expect(state.draft?.points).toEqual([
			[0.5, 0.5],
			[1, 0],
		]);
	});

	test("undo takes back the last point, then the drawing; cancel leaves the zones as they were", () => {
		const drawing = after(startEditor([square]), { do: "begin", kind: "ignore" }, ...drawn(triangle));
		expect(reduceEditor(drawing, { do: "undo" }).draft?.points).toHaveLength(2);
		const given = after(drawing, { do: "undo" }, { do: "undo" }, { do: "undo" }, { do: "undo" });
		expect(given.draft).toBeNull();
		expect(given.zones).toEqual([square]);
		const cancelled = reduceEditor(drawing, { do: "cancel" });
		expect(cancelled.draft).toBeNull();
		expect(isDirty(cancelled)).toBe(false);
	});
});

describe("changing a zone", () => {
	const reshape = (polygon: readonly Point[], gesture?: string): EditorAction =>
		gesture === undefined
			? { do: "reshape", id: "zone-a", polygon }
			: { do: "reshape", id: "zone-a", polygon, gesture };

	test("a drag of many steps is one step back; the next drag another", () => {
		const state = after(
			startEditor([square]),
			reshape(withPointAt(square.polygon, 0, [0.25, 0.2]), "drag 1"),
			reshape(withPointAt(square.polygon, 0, [0.3, 0.2]), "drag 1"),
			reshape(withPointAt(square.polygon, 0, [0.1, 0.1]), "drag 2"),
		);
		const once = reduceEditor(state, { do: "undo" });
		expect(once.zones[0]?.polygon[0]).toEqual([0.3, 0.2]);
		const twice = reduceEditor(once, { do: "undo" });
		expect(twice.zones).toEqual([square]);
		expect(reduceEditor(twice, { do: "redo" }).zones).toEqual(once.zones);
	});

	test("a triangle keeps its three corners", () => {
		const state = startEditor([{ ...square, polygon: square.polygon.slice(0, 3) }]);
		expect(reduceEditor(state, reshape(withoutPoint(state.zones[0]?.polygon ?? [], 1)))).toBe(state);
	});

	test("no zone gets more points than the contract allows", () => {
		let state = startEditor([square]);
		for (let n = 0; n < 100; n += 1) {
			state = reduceEditor(state, reshape(withPointInserted(state.zones[0]?.polygon ?? [], 0, [0.3, 0.2])));
		}
		expect(state.zones[0]?.polygon).toHaveLength(64);
	});

	test("removing the chosen zone unchooses it, and undo brings it back", () => {
		const removed = after(startEditor([square]), { do: "choose", id: "zone-a" }, { do: "remove", id: "zone-a" });
		expect(removed.chosenId).toBeNull();
		expect(reduceEditor(removed, { do: "undo" }).zones).toEqual([square]);
	});

	test("an emptied policy is none at all", () => {
		const state = after(
			startEditor([square]),
			{ do: "setPolicy", id: "zone-a", policy: { offDelayMs: 3000 } },
			{ do: "setPolicy", id: "zone-a", policy: {} },
		);
		expect(state.zones[0]).not.toHaveProperty("policy");
		expect(isDirty(state)).toBe(false);
	});
});

describe("the size of a zone", () => {
	const sized: EditorAction = { do: "setCalibration", id: "zone-a", calibration: { widthM: 4, lengthM: 20 } };

	test("is set, typed over as one step back, and taken away", () => {
		const state = after(startEditor([square]), sized, {
			do: "setCalibration",
			id: "zone-a",
			calibration: { widthM: 4.5, lengthM: 20 },
		});
		expect(state.zones[0]?.calibration).toEqual({ widthM: 4.5, lengthM: 20 });
		expect(isDirty(state)).toBe(true);
		expect(reduceEditor(state, { do: "undo" }).zones).toEqual([square]);
		const none = reduceEditor(state, { do: "setCalibration", id: "zone-a", calibration: null });
		expect(none.zones).toEqual([square]);
		expect(isDirty(none)).toBe(false);
	});

	test("that is set again to the same is no change", () => {
		const state = after(startEditor([square]), sized);
		expect(reduceEditor(state, sized)).toBe(state);
	});
});

describe("four known points", () => {
	const ask: EditorAction = { do: "askPoints", id: "zone-a" };
	const metres = [
		[0, 0],
		[4, 0],
		[4, 20],
		[0, 20],
	] as const;
	const measure = (index: number, m: readonly [number | null, number | null]): EditorAction => ({
		do: "measurePlace",
		id: "zone-a",
		index,
		m,
	});
	const measured = metres.map((m, index) => measure(index, m));
	const move = (index: number, at: Point, gesture = "drag 1"): EditorAction => ({
		do: "movePlace",
		id: "zone-a",
		index,
		at,
		gesture,
	});
	const pointsOf = ({ zones: [zone] }: EditorState) =>
		zone?.calibration && "points" in zone.calibration ? zone.calibration.points : null;

	test("calibrate a zone only once all eight numbers are there, and no longer when one is taken away", () => {
		const asked = after(startEditor([square]), ask);
		expect(asked.known["zone-a"]?.map(({ m }) => m)).toEqual(metres.map(() => [null, null]));
		const seven = after(asked, ...measured.slice(0, 3), measure(3, [0, null]));
		expect(seven.zones).toEqual([square]);
		const all = reduceEditor(seven, measure(3, [0, 20]));
		expect(pointsOf(all)).toEqual(metres.map((m, index) => ({ at: square.polygon[index], m })));
		expect(all.known).toEqual({});
		const six = reduceEditor(all, measure(1, [null, 0]));
		expect(six.zones).toEqual([square]);
		expect(six.known["zone-a"]?.[2].m).toEqual([4, 20]);
		expect(reduceEditor(six, { do: "undo" }).zones).toEqual(all.zones);
	});

	test("that are not possible calibrate nothing until they are put right", () => {
		const crossed = after(startEditor([square]), ask, ...measured, measure(0, [4, 20]), measure(2, [0, 0]));
		expect(pointsOf(crossed)).not.toBeNull(); // turned by half, which a camera may see
		const twisted = reduceEditor(crossed, measure(0, [4, 0]));
		expect(twisted.zones).toEqual([square]);
		expect(pointsOf(reduceEditor(twisted, measure(0, [4, 20])))).not.toBeNull();
	});

	test("take over the metres of a width and a length, and give them back as long as they say no more", () => {
		const sized: ZoneBody = { ...square, calibration: { widthM: 4, lengthM: 20 } };
		const byPoints = after(startEditor([sized]), ask);
		expect(pointsOf(byPoints)?.map(({ m }) => m)).toEqual(metres);
		expect(after(byPoints, { do: "askSize", id: "zone-a" }).zones).toEqual([sized]);
		const moved = after(byPoints, move(0, [0.1, 0.15]), { do: "askSize", id: "zone-a" });
		expect(moved.zones).toEqual([square]);
		expect(moved.known).toEqual({});
	});

	test("are dragged as one step back, also before they are measured, and stay in the picture", () => {
		const dragged = after(
			startEditor([square]),
			ask,
			move(1, [0.7, 0.3]),
			move(1, [1.4, 0.3]),
			move(2, [0.7, 0.7], "2"),
		);
		expect(dragged.known["zone-a"]?.map(({ at }) => at)).toEqual([[0.2, 0.2], [1, 0.3], [0.7, 0.7], [0.2, 0.6]]); // prettier-ignore
		const back = after(dragged, { do: "undo" }, { do: "undo" });
		expect(back.known["zone-a"]?.[1].at).toEqual([0.6, 0.2]);
		const none = reduceEditor(back, { do: "undo" });
		expect(none.known).toEqual({});
		expect(none.past).toEqual([]);
		expect(after(none, { do: "redo" }, { do: "redo" }, { do: "redo" }).known).toEqual(dragged.known);
	});

	test("serve a zone of any number of corners, and lie around it at first", () => {
		const triangle = { ...square, polygon: square.polygon.slice(0, 3) };
		const state = after(startEditor([triangle]), ask, ...measured);
		expect(pointsOf(state)?.map(({ at }) => at)).toEqual(square.polygon);
		expect(state.zones[0]?.polygon).toEqual(triangle.polygon);
	});

	test("that could not hold for a zone's shape do once it is drawn anew", () => {
		const perspective = [move(0, [0.38, 0.2]), move(1, [0.42, 0.2], "drag 2")];
		const reach = (y: number): EditorAction => ({
			do: "reshape",
			id: "zone-a",
			polygon: [...square.polygon.slice(0, 3), [0.4, y]],
		});
		const beyond = after(startEditor([square]), ask, ...perspective, reach(0), ...measured);
		expect(beyond.zones[0]?.calibration).toBeUndefined();
		expect(pointsOf(reduceEditor(beyond, reach(0.59)))).not.toBeNull();
	});

	test("are dropped with the size", () => {
		const dropped = after(startEditor([square]), ask, ...measured.slice(1), {
			do: "setCalibration",
			id: "zone-a",
			calibration: null,
		});
		expect(dropped.known).toEqual({});
		expect(dropped.zones).toEqual([square]);
	});
});

describe("hours and armed hours of a zone", () => {
	const night = { from: "22:00", to: "07:00" };
	const setHours: EditorAction = { do: "setHours", id: "zone-a", hours: [{ ...night, policy: { offDelayMs: 3000 } }] };
	const setArmed = (armed: (typeof night)[] | null): EditorAction => ({ do: "setArmed", id: "zone-a", armed });

	test("are changes, are undone, and are left out where they set nothing", () => {
		const changed = after(startEditor([square]), setHours, setArmed([night]));
		expect(isDirty(changed)).toBe(true);
		expect(changed.zones[0]).toMatchObject({ armed: [night], hours: [night] });
		expect(after(changed, { do: "undo" }).zones[0]).not.toHaveProperty("armed");
		expect(after(changed, setArmed(null), { do: "setHours", id: "zone-a", hours: [] }).zones).toEqual([square]);
	});

	test("are the same whatever the order of keys", () => {
		const one = startEditor([{ ...square, policy: { offDelayMs: 1, clearWidthM: 5 } }]);
		const other = { ...square, policy: { clearWidthM: 5, offDelayMs: 1 } };
		expect(isDirty({ ...one, saved: [other] })).toBe(false);
		expect(isDirty({ ...one, saved: [{ ...other, policy: { clearWidthM: 4, offDelayMs: 1 } }] })).toBe(true);
	});
});

describe("saving", () => {
	test("what was typed while it was being saved stays, and counts as unsaved", () => {
		const sent = after(startEditor([square]), { do: "rename", id: "zone-a", name: "西侧 " }).zones;
		const saved = [{ ...square, name: "西侧" }];
		expect(isDirty(after(startEditor(sent), { do: "saved", sent, zones: saved }))).toBe(false);
		const typing = after(startEditor([square]), { do: "rename", id: "zone-a", name: "西侧 2" });
		const state = reduceEditor(typing, { do: "saved", sent, zones: saved });
		expect(state.zones[0]?.name).toBe("西侧 2");
		expect(isDirty(state)).toBe(true);
	});

	test("going back to what was saved is no change any more", () => {
		const renamed = after(startEditor([square]), { do: "rename", id: "zone-a", name: "x" });
		expect(isDirty(renamed)).toBe(true);
		expect(isDirty(reduceEditor(renamed, { do: "undo" }))).toBe(false);
	});
});

describe("whatever is done", () => {
	const place = fc.tuple(fc.double({ min: -2, max: 3, noNaN: true }), fc.double({ min: -2, max: 3, noNaN: true }));
	const id = fc.constantFrom("zone-a", "zone-b", "zone-c");
	const action: fc.Arbitrary<EditorAction> = fc.oneof(
		fc.record({ do: fc.constant("begin" as const), kind: fc.constantFrom("fire_lane" as const, "ignore" as const) }),
		fc.record({ do: fc.constant("addPoint" as const), at: place }),
		fc.record({ do: fc.constant("finish" as const), id, name: fc.constant("n") }),
		fc.record({ do: fc.constant("cancel" as const) }),
		fc.record({ do: fc.constant("choose" as const), id: fc.option(id) }),
		fc.record({ do: fc.constant("reshape" as const), id, polygon: place.map((by) => movedBy(square.polygon, by)) }),
		fc.record({ do: fc.constant("askPoints" as const), id }),
		fc.record({ do: fc.constant("askSize" as const), id }),
		fc.record({ do: fc.constant("movePlace" as const), id, index: fc.nat(3), at: place }),
		fc.record({ do: fc.constant("measurePlace" as const), id, index: fc.nat(3), m: place }),
		fc.record({ do: fc.constant("remove" as const), id }),
		fc.record({ do: fc.constant("undo" as const) }),
		fc.record({ do: fc.constant("redo" as const) }),
	);

	test("the zones can be sent, and undoing all of it leads back to the beginning", () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
				// Ids are made once each on the page.
				const used = new Set(["zone-a"]);
				let state = startEditor([square]);
				for (const each of actions) {
					if (each.do === "finish" && used.has(each.id)) continue;
					const next = reduceEditor(state, each);
					if (each.do === "finish" && next !== state) used.add(each.id);
					state = next;
				}
				expect(zonesBody.safeParse({ zones: state.zones }).success).toBe(true);
				state = reduceEditor(state, { do: "cancel" });
				while (state.past.length > 0) state = reduceEditor(state, { do: "undo" });
				expect(state.zones).toEqual([square]);
			}),
		);
	});

	test("a polygon moved as a whole keeps its shape and stays in the picture", () => {
		fc.assert(
			fc.property(place, (by) => {
				const moved = movedBy(square.polygon, by);
				for (const [x, y] of moved) {
					expect(x).toBeGreaterThanOrEqual(0);
					expect(x).toBeLessThanOrEqual(1);
					expect(y).toBeGreaterThanOrEqual(0);
					expect(y).toBeLessThanOrEqual(1);
				}
				const [a, b] = [moved[0] ?? [0, 0], moved[2] ?? [0, 0]];
				expect(b[0] - a[0]).toBeCloseTo(0.4, 3);
				expect(b[1] - a[1]).toBeCloseTo(0.4, 3);
			}),
		);
	});
});

import { describe, expect, test } from "vitest";
import { adoptScene, type CameraScene, laneStates, reduceCamera } from "#core/camera.ts";
import { parseCameraState, serializeCameraState } from "#core/camera-state.ts";
import {
	carBox,
	looks,
	oneLane,
	periodsOf,
	run,
	shortDelays,
	standsFrom,
	type SyntheticThing,
} from "../support/synthetic-camera.ts";

const lane = oneLane();
const kinds = (events: readonly { kind: string }[]) =>
	events.map(({ kind }) => kind).filter((kind) => kind !== "stateChanged");
const parkedCar: SyntheticThing = { label: "car", seed: 1, boxAt: standsFrom(10_000, 40_000) };

describe.each([200, 500, 1000, 2000])("one look every %i ms", (everyMs) => {
	test("a car that parks and leaves is one occupancy with the right times", () => {
		const [period, ...more] = periodsOf(run(looks([parkedCar], { toMs: 50_000, everyMs }), lane).events);
		expect(more).toEqual([]);
		expect(period).toMatchObject({ zoneId: "lane", cause: "vehicle", label: "car" });
		expect(Math.abs(period!.enteredAt - 10_000)).toBeLessThanOrEqual(everyMs);
		expect(period!.raisedAt - period!.enteredAt).toBeGreaterThanOrEqual(5_000);
		expect(period!.raisedAt - period!.enteredAt).toBeLessThanOrEqual(5_000 + everyMs);
		expect(Math.abs(period!.clearedAt! - 40_000)).toBeLessThanOrEqual(everyMs);
	});

	test("the next car at its place, alike to the last hair, stands since it came", () => {
		const isThere = (at: number) => (at >= 10_000 && at < 40_000) || (at >= 48_000 && at < 70_000);
		const next: SyntheticThing = { ...parkedCar, boxAt: (at) => (isThere(at) ? carBox(0.42) : null) };
		const periods = periodsOf(run(looks([next], { toMs: 80_000, everyMs }), lane).events);
		expect(periods).toHaveLength(2);
		expect(Math.abs(periods[1]!.enteredAt - 48_000)).toBeLessThanOrEqual(everyMs);
	});

	test("so it does where nobody has seen the lane empty before", () => {
		const isThere = (at: number) => at < 40_000 || (at >= 48_000 && at < 70_000);
		const next: SyntheticThing = { ...parkedCar, boxAt: (at) => (isThere(at) ? carBox(0.42) : null) };
		const periods = periodsOf(run(looks([next], { toMs: 80_000, everyMs }), lane).events);
		expect(periods).toHaveLength(2);
		expect(Math.abs(periods[1]!.enteredAt - 48_000)).toBeLessThanOrEqual(everyMs);
		expect(periods[1]!.raisedAt - periods[1]!.enteredAt).toBeGreaterThanOrEqual(5_000);
	});

	test("cars that pass, one behind the other, occupy nothing", () => {
		const passing = [0, 1, 2, 3, 4, 5, 6, 7].map((n): SyntheticThing => {
			const boxAt = standsFrom(n * 2_000, n * 2_000);
			return { label: "car", seed: n + 1, boxAt };
		});
		expect(kinds(run(looks(passing, { toMs: 30_000, everyMs }), lane).events)).toEqual([]);
	});

	test("a car that creeps through occupies nothing", () => {
		const creeping: SyntheticThing = { label: "car", seed: 3, boxAt: (at) => carBox(0.2 + at * 0.00001) };
		expect(periodsOf(run(looks([creeping], { toMs: 40_000, everyMs }), lane).events)).toEqual([]);
	});

	test("what the detector misses now and then stands there still", () => {
		const missed: SyntheticThing = { ...parkedCar, seenAt: (at) => at % 4_000 < 2_000 };
		expect(periodsOf(run(looks([missed], { toMs: 50_000, everyMs }), lane).events)).toHaveLength(1);
	});

	test("a lorry that passes in front of it clears nothing", () => {
		const lorry: SyntheticThing = {
			label: "truck",
			seed: 9,
			boxAt: (at) =>
				at < 20_000 || at > 28_000
					? null
					: { x1: (at - 20_000) / 10_000, y1: 0.3, x2: (at - 20_000) / 10_000 + 0.2, y2: 0.9 },
		};
		const periods = periodsOf(run(looks([parkedCar, lorry], { toMs: 50_000, everyMs }), lane).events);
		expect(periods).toHaveLength(1);
		expect(Math.abs(periods[0]!.clearedAt! - 40_000)).toBeLessThanOrEqual(everyMs);
	});
});

test("a car that stands there in the first picture already is an occupancy since then", () => {
	const [period] = periodsOf(
		run(looks([{ label: "car", seed: 1, boxAt: () => carBox(0.42) }], { toMs: 9_000 }), lane).events,
	);
	expect(period).toMatchObject({ enteredAt: 0, raisedAt: 5_000, clearedAt: null });
});

test("a box of little confidence on road paint raises nothing, however long it looks the same", () => {
	const paint: SyntheticThing = { label: "car", seed: 2, confidence: 0.26, boxAt: () => carBox(0.42) };
	expect(kinds(run(looks([paint], { toMs: 60_000 }), lane).events)).toEqual(["entered"]);
});

test("a flash of a box does not hold a lane for ever", () => {
	const flash: SyntheticThing = { label: "car", seed: 2, boxAt: () => carBox(0.42), seenAt: (at) => at < 6_000 };
	const [period] = periodsOf(run(looks([flash], { toMs: 300_000 }), lane).events);
	expect(period!.clearedAt).toBeLessThan(100_000);
});

test("what has no vehicle's name counts when it came by itself, not when it was carried or lay there", () => {
	const thing: SyntheticThing = { label: "cell phone", confidence: 0.9, seed: 5, boxAt: standsFrom(10_000, 99_000) };
	const person: SyntheticThing = { label: "person", seed: 6, boxAt: (at) => (at < 11_000 ? thing.boxAt(at) : null) };
	const found = (things: SyntheticThing[]) => periodsOf(run(looks(things, { toMs: 30_000 }), lane).events);
	expect(found([thing])).toMatchObject([{ cause: "vehicle", label: "vehicle", confidence: 0.9 }]);
	expect(found([thing, person])).toEqual([]);
	expect(found([{ ...thing, boxAt: () => carBox(0.42) }])).toEqual([]);
});

test("what lies in an ignore mask never counts", () => {
	const mask = { id: "mask", kind: "ignore" as const, polygon: lane.zones[0]!.polygon, policy: shortDelays };
	const scene: CameraScene = { zones: [...lane.zones, mask] };
	const { events, state } = run(looks([parkedCar], { toMs: 50_000 }), scene);
	expect(kinds(events)).toEqual([]);
	expect(laneStates(state)).toMatchObject([{ zoneId: "lane", state: "clear" }]);
});

describe("a camera that is lost while a car stands there", () => {
	const before = looks([parkedCar], { toMs: 20_000 });
	const blind = { kind: "blind", at: 21_000, reason: "stream_lost" } as const;
	const occupied = run(before, lane);

	test("unknown, and nothing raised or cleared", () => {
		const { state, events } = run([blind, { kind: "tick", at: 900_000 }], lane, occupied.state);
		expect(kinds(events)).toEqual([]);
		expect(laneStates(state)).toMatchObject([{ state: "unknown", since: 21_000, reason: "stream_lost" }]);
		expect(laneStates(state)[0]!.open).toEqual(laneStates(occupied.state)[0]!.open);
	});

	test("the same occupancy goes on when it stands there still", () => {
		const after = looks([{ ...parkedCar, boxAt: () => carBox(0.42) }], { fromMs: 500_000, toMs: 520_000 });
		const { state, events } = run([blind, ...after], lane, occupied.state);
		expect(kinds(events)).toEqual([]);
		expect(laneStates(state)).toMatchObject([{ state: "occupied", since: 500_000, reason: null }]);
		expect(laneStates(state)[0]!.open).toMatchObject({ enteredAt: laneStates(occupied.state)[0]!.open!.enteredAt });
	});

	test("and ends when it is gone", () => {
		const { events } = run([blind, ...looks([], { fromMs: 500_000, toMs: 510_000 })], lane, occupied.state);
		expect(periodsOf(events)).toMatchObject([{ clearedAt: 500_000 }]);
	});

	test("silence is as good as being told, whenever it is noticed", () => {
		const noticed = run([{ kind: "tick", at: 300_000 }], lane, occupied.state);
		expect(laneStates(noticed.state)).toMatchObject([{ state: "unknown", since: 28_000, reason: "stream_lost" }]);
		expect(run([{ kind: "tick", at: 28_000 }], lane, occupied.state).events).toEqual([]);
	});

	test("another car at the place of one that was pending begins anew", () => {
		const pending = run(looks([parkedCar], { toMs: 13_000 }), lane);
		const other: SyntheticThing = { label: "car", seed: 7, boxAt: () => carBox(0.42) };
		const after = [blind, ...looks([other], { fromMs: 30_000, toMs: 36_000 })];
		expect(periodsOf(run(after, lane, pending.state).events)).toMatchObject([{ enteredAt: 30_000, raisedAt: 35_000 }]);
		const same = [blind, ...looks([{ ...other, seed: 1 }], { fromMs: 30_000, toMs: 36_000 })];
		// 20 s at 30 s, but seen over 3 s of them: it must first be seen for a quarter of its stay.
		expect(periodsOf(run(same, lane, pending.state).events)).toMatchObject([{ enteredAt: 10_000, raisedAt: 33_000 }]);
	});
});

describe("other zones", () => {
	const { state } = run(looks([parkedCar], { toMs: 20_000 }), lane);
	const [zone] = lane.zones;
	const moved = (by: number): CameraScene => ({
		zones: [{ ...zone!, polygon: zone!.polygon.map(([x, y]) => [x + by, y] as const) }],
	});

	test("a zone that is gone clears what was open", () => {
		const step = adoptScene(state, { zones: [] }, 21_000);
		expect(step.events).toMatchObject([{ kind: "cleared", by: "zone_removed", period: { clearedAt: 21_000 } }]);
		expect(laneStates(step.state)).toEqual([]);
	});

	test("one that becomes an ignore mask is gone too", () => {
		const step = adoptScene(state, { zones: [{ ...zone!, kind: "ignore" }] }, 21_000);
		expect(kinds(step.events)).toEqual(["cleared"]);
	});

	test("one that still holds what stands in it goes on", () => {
		const step = adoptScene(state, moved(0.05), 21_000);
		expect(step.events).toEqual([]);
		const { events } = run(looks([parkedCar], { fromMs: 21_000, toMs: 30_000 }), moved(0.05), step.state);
		expect(kinds(events)).toEqual([]);
	});

	test("one that no longer holds it clears, and begins unknown", () => {
		const step = adoptScene(state, moved(0.29), 21_000);
		expect(step.events).toMatchObject([
			{ kind: "cleared", by: "zone_removed" },
			{ kind: "stateChanged", state: "unknown", reason: "zone_changed" },
		]);
		const { events } = run(looks([parkedCar], { fromMs: 22_000, toMs: 30_000 }), moved(0.29), step.state);
		expect(events).toMatchObject([{ kind: "stateChanged", state: "clear" }]);
	});

	test("what it was blind for is not forgotten by a lane whose zone no longer holds what stood in it", () => {
		const gap = run(looks([parkedCar], { fromMs: 36_000, toMs: 38_000 }), lane, state).state;
		const before = laneStates(gap)[0]!;
		expect(before.blindMs).toBeGreaterThan(10_000);
		const after = laneStates(adoptScene(gap, moved(0.29), 38_500).state);
		expect(after).toMatchObject([{ watchedSince: before.watchedSince, blindMs: before.blindMs, open: null }]);
	});

	test("what was pending in a zone that is gone has left", () => {
		const pending = run(looks([parkedCar], { toMs: 13_000 }), lane).state;
		expect(kinds(adoptScene(pending, { zones: [] }, 14_000).events)).toEqual(["left"]);
	});

	test("a new zone begins unknown and sees what stands in it", () => {
		const scene: CameraScene = { zones: [...lane.zones, { ...zone!, id: "exit" }] };
		const step = adoptScene(state, scene, 20_500);
		expect(step.events).toMatchObject([{ kind: "stateChanged", zoneId: "exit", reason: "zone_changed" }]);
		const { events } = run(looks([parkedCar], { fromMs: 21_000, toMs: 22_000 }), scene, step.state);
		expect(periodsOf(events)).toMatchObject([{ zoneId: "exit", enteredAt: 10_000, raisedAt: 21_000 }]);
	});
});

test("a frame that is not newer than the last one changes nothing", () => {
	const { state } = run(looks([parkedCar], { toMs: 20_000 }), lane);
	const [late] = looks([], { fromMs: 20_000, toMs: 20_000 });
	expect(reduceCamera(state, late!, lane)).toEqual({ state, events: [], looks: [] });
});

test("the state survives being written and read; one of another version is refused", () => {
	const { state } = run(looks([parkedCar], { toMs: 20_000 }), lane);
	// Layers are large and go their own way.
	expect(parseCameraState(serializeCameraState(state))).toEqual({ ...state, goods: { ...state.goods, layers: null } });
	expect(() => parseCameraState(serializeCameraState(state).replace(/"version":\d+/, '"version":99'))).toThrow(
		"is a camera state of version 99, this program reads versions 1 to",
	);
	expect(() => parseCameraState("null")).toThrow("is no camera state");
	expect(() => parseCameraState('{"version":1,"state":null}')).toThrow("is no camera state");
});

test("a step tells what the rules of each zone were shown, so that others can be tried on it", () => {
	const { state } = run(looks([parkedCar], { toMs: 20_000 }), lane);
	const [next] = looks([parkedCar], { fromMs: 21_000, toMs: 21_000 });
	const step = reduceCamera(state, next!, lane);
	expect(step.looks).toMatchObject([
		{ zoneId: "lane", look: { at: 21_000, settling: false, stays: [{ trackId: 1 }] } },
	]);
	expect(reduceCamera(step.state, { kind: "tick", at: 21_500 }, lane).looks).toEqual([]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adoptScene, type CameraFact, type CameraScene, initialCameraState } from "#core/camera.ts";
import { parseCameraState, serializeCameraState } from "#core/camera-state.ts";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import { countingByPlate } from "#core/policy/plate-exemption.ts";
import type { Permit } from "#core/policy/zone-times.ts";
import {
	looks,
	oneLane,
	periodsOf,
	run,
	shortDelays,
	standsFrom,
	type SyntheticThing,
} from "../support/synthetic-camera.ts";

const fireEngine: KnownPlate = { text: "蒙X1234应急", plateClass: "emergency", colour: "white" };
const ordinary: KnownPlate = { text: "蒙B12345", plateClass: "small", colour: "blue" };
const permit = (from: number, until: number): Permit => ({ id: "permit-1", plate: ordinary.text, from, until });

function lane({ permits = [], listed = [] }: { permits?: Permit[]; listed?: string[] } = {}): CameraScene {
	const [zone] = oneLane({ ...shortDelays, vehicleOnDelayMs: 10_000 }).zones;
	const times = { timeZone: "UTC", hours: [], armed: null, permits };
	return { zones: [{ ...zone!, times, emergencyPlates: listed }] };
}
const car = (arrivesMs: number, leavesMs: number, x = 0.32, seed = 3): SyntheticThing => ({
	...{ label: "car", seed, boxAt: standsFrom(arrivesMs, leavesMs, x) },
});
/** The first occupancy that is told is known by its plate so long after its entry was told. */
function watched(
	things: readonly SyntheticThing[],
	toMs: number,
	scene: CameraScene,
	plate: KnownPlate,
	afterMs = 2_000,
) {
	let state = initialCameraState();
	const events: OccupancyEvent[] = [];
	let known = false;
	const step = (facts: readonly CameraFact[]) => {
		const done = run(facts, scene, state);
		state = parseCameraState(serializeCameraState(done.state)); // a kill between any two facts
		state = { ...state, goods: done.state.goods };
		events.push(...done.events);
	};
	for (const fact of looks(things, { toMs })) {
		step([fact]);
		const entered = events.find(({ kind }) => kind === "entered");
		const at = (fact as { capturedAt: number }).capturedAt;
		if (!known && entered?.kind === "entered" && at >= entered.at + afterMs) {
			known = true;
			step([{ kind: "plate", at: at + 1, occupancyId: `lane.${entered.enteredAt.toString(36)}`, plate }]);
		}
	}
	const told = events.filter(({ kind }) => kind !== "stateChanged");
	return { state, events, told: told.map(({ kind }) => kind), periods: periodsOf(events) };
}

describe("a vehicle that is exempt by its plate", () => {
	test("raises nothing, however long it stands; that it stood there is told, and when it left", () => {
		const { told, events, periods, state } = watched([car(5_000, 60_000)], 75_000, lane(), fireEngine);
		expect(periods).toEqual([]);
		expect(told).toEqual(["entered", "exempted", "left", "exemptionEnded"]);
		const ended = events.find(({ kind }) => kind === "exemptionEnded");
		expect(ended).toMatchObject({ why: "left", stay: { plate: fireEngine, exemption: { reason: "emergency" } } });
		expect(ended?.kind === "exemptionEnded" && Math.abs(ended.endedAt - 60_000)).toBeLessThanOrEqual(1_000);
		expect(state.zones[0]).toMatchObject({ state: "clear", exempt: [], open: null });
	});

	test("another one beside it counts as if it stood alone", () => {
		const other = car(9_000, 60_000, 0.52, 5);
		const alone = watched([other], 75_000, lane(), ordinary).periods[0]!;
		const { periods, told } = watched([car(5_000, 80_000), other], 75_000, lane(), fireEngine);
		expect(periods).toHaveLength(1);
		expect(periods[0]).toMatchObject({ enteredAt: alone.enteredAt, raisedAt: alone.raisedAt });
		// The exempt one stays; the alert ends all the same, when what raised it has left.
		expect(periods[0]?.clearedAt).toBe(alone.clearedAt);
		expect(told.filter((kind) => kind === "exemptionEnded")).toEqual([]);
	});

	test("whose plate is known only after the raise: the alert stays, and is told to be exempt", () => {
		const { told, events, periods } = watched([car(5_000, 40_000)], 60_000, lane(), fireEngine, 20_000);
		expect(told).toEqual(["entered", "raised", "exempted", "cleared"]);
		const alertId = periods[0]?.occupancyId;
		expect(events.find(({ kind }) => kind === "exempted")).toMatchObject({
			alertId,
			stay: { id: `${alertId}.exempt` },
		});
		expect(watched([car(5_000, 40_000)], 60_000, lane(), ordinary, 20_000).told).toEqual([
			"entered",
			"raised",
			"cleared",
		]);
	});

	test("on the site's own list, or by a permit for its plate; any other plate counts", () => {
		const stands = [car(5_000, 60_000)];
		expect(watched(stands, 50_000, lane({ listed: [ordinary.text] }), ordinary).told).toEqual([
			"entered",
			"exempted",
			"left",
		]);
		const other = { ...permit(0, 90_000), plate: "蒙B99999" };
		expect(watched(stands, 50_000, lane({ permits: [other] }), ordinary).told).toEqual(["entered", "raised"]);
	});

	test("its dwell counts from the end of its permit", () => {
		const scene = lane({ permits: [permit(0, 30_000)] });
		const { told, events, periods } = watched([car(5_000, 80_000)], 60_000, scene, ordinary);
		expect(told).toEqual(["entered", "exempted", "left", "exemptionEnded", "entered", "raised"]);
		expect(events.find(({ kind }) => kind === "exemptionEnded")).toMatchObject({ why: "over", endedAt: 30_000 });
		expect(periods[0]).toMatchObject({ enteredAt: 30_000, raisedAt: 40_000 });
	});

	test("whose permit ends while another's alert is open holds that alert from then on", () => {
		const scene = lane({ permits: [permit(0, 30_000)] });
		const both = [car(5_000, 90_000), car(7_000, 50_000, 0.52, 5)];
		const { periods } = watched(both, 70_000, scene, ordinary);
		expect(periods).toMatchObject([{ clearedAt: null }]);
	});

	test("a permit that is given while it stands there holds at once, for the plate is known", () => {
		const { state } = watched([car(5_000, 60_000)], 12_000, lane(), ordinary);
		const scene = lane({ permits: [permit(12_000, 90_000)] });
		const more = run(looks([car(5_000, 60_000)], { fromMs: 13_000, toMs: 40_000 }), scene, state);
		expect(more.events.map(({ kind }) => kind)).toContain("exempted");
		expect(periodsOf(more.events)).toEqual([]);
	});

	test("its zone goes: that ends it; and a plate of an occupancy that nobody knows changes nothing", () => {
		const { state } = watched([car(5_000, 60_000)], 30_000, lane(), fireEngine);
		const { events } = adoptScene(state, { zones: [] }, 31_000);
		expect(events).toMatchObject([{ kind: "exemptionEnded", why: "zone_removed", endedAt: 31_000 }]);
		const unknown = { kind: "plate", at: 30_500, occupancyId: "lane.nobody", plate: fireEngine } as const;
		expect(run([unknown], lane(), state)).toEqual({ state, events: [] });
	});
});

test("a plate told twice, or for nobody, changes nothing of what is raised", () => {
	const visit = fc.record({
		arrivesMs: fc.integer({ min: 2_000, max: 20_000 }),
		standsMs: fc.integer({ min: 0, max: 30_000 }),
	});
	fc.assert(
		fc.property(visit, fc.nat({ max: 40_000 }), ({ arrivesMs, standsMs }, at) => {
			const things = [car(arrivesMs, arrivesMs + standsMs)];
			const all = looks(things, { toMs: 60_000, everyMs: 2_000 });
			const stray: CameraFact = { kind: "plate", at, occupancyId: "lane.stray", plate: fireEngine };
			const split = all.findIndex((fact) => fact.kind === "frame" && fact.capturedAt > at);
			const mixed = [...all.slice(0, split), stray, stray, ...all.slice(split)];
			expect(run(mixed, lane()).events).toEqual(run(all, lane()).events);
		}),
		{ numRuns: 25 },
	);
});

test("no exempt vehicle ever raises, and none of a sure plate without an exemption is let through", () => {
	const stand = fc.record({ standsMs: fc.integer({ min: 15_000, max: 40_000 }), isExempt: fc.boolean() });
	fc.assert(
		fc.property(stand, ({ standsMs, isExempt }) => {
			const { periods } = watched([car(5_000, 5_000 + standsMs)], 60_000, lane(), isExempt ? fireEngine : ordinary);
			expect(periods).toHaveLength(isExempt ? 0 : 1);
		}),
		{ numRuns: 15 },
	);
});

describe("what exempts a plate", () => {
	const zone = (more: { permits?: Permit[]; emergencyPlates?: string[] }) => ({
		...{ times: { timeZone: "UTC", hours: [], armed: null, permits: more.permits ?? [] } },
		emergencyPlates: more.emergencyPlates ?? [],
	});

	test("its class, where its ground is white or no colour was told; soldiers' vehicles are no exemption", () => {
		const of = (plate: Partial<KnownPlate>) =>
			countingByPlate({ ...fireEngine, ...plate }, {}, 5).exempt?.reason ?? null;
		expect([of({}), of({ colour: "unknown" }), of({ plateClass: "police" })]).toEqual([
			"emergency",
			"emergency",
			"emergency",
		]);
		expect([of({ colour: "blue" }), of({ plateClass: "military" }), of({ plateClass: null })]).toEqual([
			null,
			null,
			null,
		]);
	});

	test("a permit for it, the one that lasts longest, from its beginning to just before its end", () => {
		const permits = [permit(10, 20), { ...permit(10, 30), id: "permit-2" }, { ...permit(0, 99), plate: null }];
		const counts = (at: number) => countingByPlate(ordinary, zone({ permits }), at);
		expect(counts(9)).toEqual({ exempt: null, countsFrom: 0 });
		expect(counts(10)).toEqual({ exempt: { reason: "permit", permitId: "permit-2", until: 30 }, countsFrom: 10 });
		expect(counts(30)).toEqual({ exempt: null, countsFrom: 30 });
	});

	test("the site's list, to the last character", () => {
		const listed = zone({ emergencyPlates: ["蒙B12345"] });
		expect(countingByPlate(ordinary, listed, 5).exempt).toEqual({ reason: "listed" });
		expect(countingByPlate({ ...ordinary, text: "蒙B12346" }, listed, 5).exempt).toBeNull();
	});
});

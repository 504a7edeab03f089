import fc from "fast-check";
import { expect, test } from "vitest";
import { initialCameraState, reduceCamera } from "#core/camera.ts";
import type { ZoneLook } from "#core/occupancy/reduce-zone.ts";
import { staySpans, whatIf } from "#core/occupancy/what-if.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import type { Policy } from "#core/scene.ts";
import {
	looks,
	oneLane,
	periodsOf,
	shortDelays,
	standsFrom,
	type SyntheticThing,
} from "../support/synthetic-camera.ts";

const stayed: SyntheticThing = { label: "car", seed: 1, boxAt: standsFrom(10_000, 70_000) };

/** What the zone's rules were shown while somebody parked for a minute, and what they said then. */
function watched(things = [stayed], toMs = 100_000, policy: Policy = shortDelays) {
	const past: ZoneLook[] = [];
	const events: OccupancyEvent[] = [];
	let state = initialCameraState();
	for (const fact of looks(things, { toMs })) {
		const step = reduceCamera(state, fact, oneLane(policy));
		state = step.state;
		events.push(...step.events);
		past.push(...step.looks.map(({ look }) => look));
	}
	return { past, told: periodsOf(events) };
}

test("a longer on-delay would have raised nothing, a shorter one the same stay earlier", () => {
	const { past } = watched();
	expect(whatIf(past, { policy: { ...shortDelays, vehicleOnDelayMs: 90_000 } })).toEqual([]);
	const [early] = whatIf(past, { policy: { ...shortDelays, vehicleOnDelayMs: 2_000 } });
	const [late] = whatIf(past, { policy: { ...shortDelays, vehicleOnDelayMs: 30_000 } });
	expect(early).toMatchObject({ enteredAt: 10_000, raisedAt: 12_000 });
	expect(late).toMatchObject({ enteredAt: 10_000, raisedAt: 40_000 });
	expect(late!.clearedAt).toBe(early!.clearedAt);
});

test("what still stands there is open", () => {
	const { past } = watched([stayed], 60_000);
	expect(whatIf(past, { policy: shortDelays })).toMatchObject([{ clearedAt: null }]);
});

test("no look, no period", () => {
	expect(whatIf([], { policy: shortDelays })).toEqual([]);
	expect(staySpans([])).toEqual([]);
});

test("a stay is told once, from when it stood to when it was last seen", () => {
	const [span, ...more] = staySpans(watched().past);
	expect(more).toEqual([]);
	expect(span).toMatchObject({ since: 10_000, cause: "vehicle", label: "car" });
	expect(Math.abs(span!.until - 70_000)).toBeLessThanOrEqual(2_000);
});

test("under the policy of then it gives exactly what was raised then", { timeout: 60_000 }, () => {
	const seconds = fc.integer({ min: 0, max: 40 }).map((s) => s * 1000);
	const policies = fc.record({ on: seconds, off: seconds });
	const lives = fc.array(fc.tuple(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 3, max: 30 })), { maxLength: 2 });
	fc.assert(
		fc.property(policies, lives, ({ on, off }, spans) => {
			const policy: Policy = { ...shortDelays, vehicleOnDelayMs: on, offDelayMs: off };
			const things = spans.map(([from, lasts], index) => ({
				...{ label: "car", seed: index + 1 },
				boxAt: standsFrom(from * 1000, (from + lasts) * 1000, 0.35 + index * 0.18),
			}));
			const { past, told } = watched(things, 80_000, policy);
			const times = (periods: readonly OccupancyPeriod[]) =>
				periods.map(({ enteredAt, raisedAt, clearedAt }) => ({ enteredAt, raisedAt, clearedAt }));
			expect(times(whatIf(past, { policy }))).toEqual(times(told));
		}),
		{ numRuns: 8 },
	);
});

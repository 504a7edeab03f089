import fc from "fast-check";
import { expect, test } from "vitest";
import { callStateOf, type CallState, wayStateOf } from "#core/drill/call-state.ts";
import { freeChance, wilson } from "#core/drill/free-chance.ts";
import { wayHours, type WayLane, weekCells } from "#core/drill/way-hours.ts";
import { localHours } from "#core/history/local-hours.ts";
import { common, merged } from "#core/history/stretches.ts";

const minute = 60_000;
const start = Date.parse("2026-10-23T22:00:00Z"); // clocks are put back in Berlin two days later
const period = { from: start, to: start + 3 * 24 * 60 * minute };
const zone = fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "Asia/Kolkata");
const stretches = fc.array(
	fc
		.tuple(fc.integer({ min: -100, max: 4500 }), fc.integer({ min: 0, max: 2000 }))
		.map(([from, length]) => ({ from: start + from * minute, to: start + (from + length) * minute })),
	{ maxLength: 6 },
);
const blinds = fc.array(fc.tuple(fc.integer({ min: 0, max: 71 }), fc.integer({ min: 0, max: 60 * minute })), {
	maxLength: 8,
});

interface Facts {
	readonly watched: readonly { from: number; to: number }[];
	readonly stood: readonly { from: number; to: number }[];
	readonly blind: readonly (readonly [number, number])[];
	readonly lateMinutes: number;
}
const facts = fc.array(
	fc.record({ watched: stretches, stood: stretches, blind: blinds, lateMinutes: fc.integer({ min: 0, max: 3000 }) }),
	{ minLength: 1, maxLength: 4 },
);

function laneOf(hours: readonly { startAt: number }[], { watched, stood, blind, lateMinutes }: Facts): WayLane {
	const life = { from: start + lateMinutes * minute, to: period.to };
	const seen = common(merged(watched), [life]);
	return {
		...{ life, watched: seen, stood: common(merged(stood), seen) },
		blind: new Map(blind.map(([index, ms]) => [hours[index]?.startAt ?? start, ms])),
	};
}

test("a way's hours are whole, never negative, and never freer than any of its lanes, whatever was known", () => {
	fc.assert(
		fc.property(zone, facts, (timeZone, all) => {
			const hours = localHours(timeZone, period.from, period.to);
			const lanes = all.map((each) => laneOf(hours, each));
			const way = wayHours(lanes, hours, period);
			const alone = lanes.map((lane) => wayHours([lane], hours, period));
			let wholeMs = 0;
			for (const [index, { occupiedMs, freeMs, unknownMs }] of way.entries()) {
				expect(Math.min(occupiedMs, freeMs, unknownMs)).toBeGreaterThanOrEqual(0);
				wholeMs += occupiedMs + freeMs + unknownMs;
				for (const lane of alone) {
					expect(freeMs).toBeLessThanOrEqual(lane[index]?.freeMs ?? 0);
					expect(occupiedMs).toBeGreaterThanOrEqual(lane[index]?.occupiedMs ?? 0);
				}
			}
			expect(wholeMs).toBe(period.to - period.from);
			const cells = weekCells(hours, way);
			expect(cells.reduce((sum, cell) => sum + cell.occupiedMs + cell.freeMs + cell.unknownMs, 0)).toBe(wholeMs);
		}),
		{ numRuns: 50 },
	);
});

test("time in which a lane could not be seen, or was not there yet, is never free", () => {
	const hours = localHours("Asia/Shanghai", period.from, period.to);
	fc.assert(
		fc.property(facts, ([first, ...rest]) => {
			if (!first) return;
			const lanes = [laneOf(hours, first), ...rest.map((each) => laneOf(hours, each))];
			const blinded = [{ ...laneOf(hours, first), watched: [], stood: [] }, ...lanes.slice(1)];
			for (const { freeMs } of wayHours(blinded, hours, period)) expect(freeMs).toBe(0);
			for (const { freeMs } of wayHours([], hours, period)) expect(freeMs).toBe(0);
		}),
	);
});

const day = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })).map(([known, free]) => ({
	freeMs: Math.min(known, free) * minute,
	occupiedMs: (known - Math.min(known, free)) * minute,
	unknownMs: (60 - known) * minute,
}));
const days = fc.array(day, { maxLength: 90 });
const unseen = { freeMs: 0, occupiedMs: 0, unknownMs: 60 * minute };

test("the chance lies in its interval, the interval in 0..1, and no more days count than there are", () => {
	fc.assert(
		fc.property(days, (given) => {
			const { chance, low, high, effectiveDays, days: known } = freeChance(given);
			expect(low).toBeGreaterThanOrEqual(0);
			expect(high).toBeLessThanOrEqual(1);
			expect(effectiveDays).toBeLessThanOrEqual(known);
			expect(known).toBeLessThanOrEqual(given.length);
			if (chance === null) expect([low, high]).toEqual([0, 1]);
			else {
				expect(chance).toBeGreaterThanOrEqual(low);
				expect(chance).toBeLessThanOrEqual(high);
			}
		}),
	);
});

test("days of which nothing is known change nothing but the unknown share; none at all says nothing", () => {
	fc.assert(
		fc.property(days, fc.nat({ max: 90 }), (given, at) => {
			const more = given.toSpliced(at, 0, unseen, unseen);
			const [before, after] = [freeChance(given), freeChance(more)];
			expect({ ...after, unknownShare: null }).toEqual({ ...before, unknownShare: null });
			expect(after.unknownShare).toBeGreaterThan(0);
		}),
	);
	expect(freeChance([unseen, unseen])).toMatchObject({ chance: null, low: 0, high: 1, unknownShare: 1 });
});

test("what is called unknown instead of free never makes the lower end higher", () => {
	// Days apart, so that how alike they are has no part in it.
	fc.assert(
		fc.property(
			fc.array(day, { maxLength: 5 }),
			fc.nat({ max: 4 }),
			fc.integer({ min: 0, max: 60 }),
			(given, at, lost) => {
				const asked = given[at];
				if (!asked) return;
				const lostMs = Math.min(asked.freeMs, lost * minute);
				const less = given.with(at, { ...asked, freeMs: asked.freeMs - lostMs, unknownMs: asked.unknownMs + lostMs });
				const [before, after] = [freeChance(given), freeChance(less)];
				expect(after.low).toBeLessThanOrEqual(before.low + 1e-12);
			},
		),
	);
});

test("Wilson's interval is narrower with more days and moves with the share", () => {
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	const n = fc.double({ min: 0.01, max: 400, noNaN: true });
	fc.assert(
		fc.property(share, n, fc.double({ min: 1, max: 9, noNaN: true }), (p, few, times) => {
			const [wide, narrow] = [wilson(p, few), wilson(p, few * times)];
			expect(narrow.high - narrow.low).toBeLessThanOrEqual(wide.high - wide.low + 1e-9);
			expect(wilson(Math.min(1, p + 0.1), few).low).toBeGreaterThanOrEqual(wide.low - 1e-9);
		}),
	);
});

test("free is said of a lane that is seen to be clear and of no other, and of a way only when all its lanes are", () => {
	const now = fc.record({
		state: fc.constantFrom("clear", "pending", "occupied", "clearing", "unknown"),
		isArmed: fc.boolean(),
		isLeftStanding: fc.boolean(),
		mayAnyStand: fc.boolean(),
	} as const);
	fc.assert(
		fc.property(now, (lane) => {
			const { state, reason } = callStateOf(lane);
			const isKnownFree = lane.state === "clear" && lane.isArmed && !lane.isLeftStanding && !lane.mayAnyStand;
			expect(state === "free").toBe(isKnownFree);
			expect(reason === null).toBe(isKnownFree);
		}),
	);
	const states = fc.array(fc.constantFrom<CallState[]>("free", "blocked", "unknown"), { maxLength: 6 });
	fc.assert(
		fc.property(states, (lanes) => {
			expect(wayStateOf(lanes) === "free").toBe(lanes.length > 0 && lanes.every((one) => one === "free"));
			expect(wayStateOf(lanes) === "blocked").toBe(lanes.includes("blocked"));
		}),
	);
});

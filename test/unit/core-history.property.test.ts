import fc from "fast-check";
import { expect, test } from "vitest";
import { HourIndex } from "#core/history/hour-index.ts";
import { localHours } from "#core/history/local-hours.ts";
import { valueAtRank } from "#core/history/rank.ts";
import { rollUp } from "#core/history/roll-up.ts";
import { common, gaps, merged, totalMs } from "#core/history/stretches.ts";
import { Tally } from "#core/history/tally.ts";

const minute = 60_000;
const start = Date.parse("2026-10-23T22:00:00Z"); // two days before clocks are put back in Berlin
const zone = fc.constantFrom(
	"Asia/Shanghai",
	"Europe/Berlin",
	"Asia/Kolkata",
	"Australia/Lord_Howe",
	"America/St_Johns",
);
const stretch = fc
	.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 900 }))
	.map(([from, length]) => ({ from: start + from * minute, to: start + (from + length) * minute }));
const stretches = fc.array(stretch, { maxLength: 8 });

test("hours follow one another without a gap, and no hour is longer than one", () => {
	fc.assert(
		fc.property(
			zone,
			fc.integer({ min: 0, max: 2 ** 41 }),
			fc.integer({ min: 1, max: 5000 }),
			(timeZone, from, minutes) => {
				const hours = localHours(timeZone, from, from + minutes * minute);
				expect(hours[0]?.startAt).toBeLessThanOrEqual(from);
				expect(hours.at(-1)?.endAt).toBeGreaterThanOrEqual(from + minutes * minute);
				for (const [index, { startAt, endAt }] of hours.entries()) {
					expect(endAt - startAt).toBeGreaterThan(0);
					expect(endAt - startAt).toBeLessThanOrEqual(60 * minute);
					if (index > 0) expect(startAt).toBe(hours[index - 1]?.endAt);
				}
			},
		),
		{ numRuns: 60 },
	);
});

test("of any facts: occupied, free and unknown are the whole, none is negative, and blind time is never called free", () => {
	fc.assert(
		fc.property(
			zone,
			stretches,
			stretches,
			fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 60 * minute })), { maxLength: 20 }),
			(timeZone, watches, stood, blinds) => {
				const hours = localHours(timeZone, start, start + 4 * 24 * 60 * minute);
				const life = { from: start, to: start + 4 * 24 * 60 * minute };
				const watched = merged(watches);
				const alerts = stood.map(({ from, to }) => ({ enteredAt: from, clearedAt: to }));
				const blind = new Map(blinds.map(([index, ms]) => [hours[index]?.startAt ?? start, ms]));
				const rows = rollUp({ watched, alerts, blind }, timeZone, 0);
				const tally = new Tally(hours, () => true);
				const time = tally.add({
					...{ life, watched: common(watched, [life]) },
					hours: Float64Array.from(rows.flatMap(({ hourAt, occupiedMs, blindMs }) => [hourAt, occupiedMs, blindMs])),
				});
				expect(time.occupiedMs + time.freeMs + time.unknownMs).toBe(life.to - life.from);
				expect(time.occupiedMs).toBe(totalMs(common(common(watched, merged(stood)), [life])));
				expect(time.unknownMs).toBeGreaterThanOrEqual(totalMs(gaps(life, watched)));
				for (const cell of tally.cells()) for (const ms of Object.values(cell)) expect(ms).toBeGreaterThanOrEqual(0);
			},
		),
		{ numRuns: 150 },
	);
});

test("made from any hour on, the rows are the later ones of those made from the beginning", () => {
	fc.assert(
		fc.property(zone, stretches, stretches, fc.integer({ min: 0, max: 90 }), (timeZone, watches, stood, index) => {
			const hours = localHours(timeZone, start, start + 4 * 24 * 60 * minute);
			const from = hours[index]?.startAt ?? start;
			const alerts = stood.map((each) => ({ enteredAt: each.from, clearedAt: each.to }));
			const facts = { watched: merged(watches), alerts, blind: new Map([[from, minute]]) };
			const later = { ...facts, alerts: alerts.filter(({ clearedAt }) => clearedAt > from) };
			expect(rollUp(later, timeZone, from)).toEqual(rollUp(facts, timeZone, 0).filter(({ hourAt }) => hourAt >= from));
		}),
		{ numRuns: 60 },
	);
});

test("the hour of an instant is the last that began before it, wherever one looks from", () => {
	fc.assert(
		fc.property(zone, fc.integer({ min: -200, max: 6000 }), fc.nat({ max: 100 }), (timeZone, minutes, first) => {
			const hours = localHours(timeZone, start, start + 4 * 24 * 60 * minute);
			const index = new HourIndex(hours);
			const at = start + minutes * minute;
			const wanted = Math.max(
				0,
				hours.findLastIndex(({ startAt }) => startAt <= at),
			);
			expect(index.at(at)).toBe(wanted);
			if (first < hours.length && (hours[first]?.startAt ?? 0) <= at) expect(index.at(at, first)).toBe(wanted);
		}),
	);
});

test("a value by its rank is the one that stands there in order, whatever was asked before", () => {
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 ** 45 })), { minLength: 1 }),
			fc.array(fc.nat()),
			(values, ranks) => {
				const inOrder = new Float64Array(values).sort();
				const mixed = new Float64Array(values);
				for (const rank of ranks.map((each) => each % values.length))
					expect(valueAtRank(mixed, rank)).toBe(inOrder[rank]);
			},
		),
	);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { lastingSince } from "#core/policy/hours-of-day.ts";
import { lastClockChange, offsetMs, wallTimeOfWeek } from "#core/policy/local-time.ts";
import type { HoursOfDay } from "#core/policy/zone-times.ts";

const minute = 60_000;
const quarterHour = 15 * minute;
const day = 86_400_000;

/** Without clock changes, with them on either half of the globe, by half an hour, and 45 minutes off. */
const timeZone = fc.constantFrom(
	...["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"],
);
/** Full quarters of an hour, near the clock changes of 2026 or anywhere but at instant 0, which says "never began". */
const quarter = fc
	.oneof(
		fc
			.constantFrom(...["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"])
			.chain((date) =>
				fc.integer({ min: -100, max: 100 }).map((quarters) => Date.parse(date) + quarters * quarterHour),
			),
		fc.integer({ min: 8, max: 20_000 }).map((days) => days * day),
	)
	.map((at) => Math.floor(at / quarterHour) * quarterHour);
const timeOfDay = fc
	.integer({ min: 0, max: 95 })
	.map((quarters) => `${two(Math.floor(quarters / 4))}:${two((quarters % 4) * 15)}`);
const hoursOfDay: fc.Arbitrary<HoursOfDay> = fc
	.record({
		days: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), { nil: undefined }),
		from: timeOfDay,
		to: fc.oneof(timeOfDay, fc.constant("24:00")),
	})
	.filter(({ from, to }) => from !== to);

test("the clock on the wall is the one that Intl shows", () => {
	fc.assert(
		fc.property(timeZone, quarter, fc.integer({ min: 0, max: quarterHour - 1 }), (zone, begin, later) => {
			const at = begin + later;
			expect(showOf(wallTimeOfWeek(zone, at))).toBe(weekdayAndTime(zone, at));
		}),
	);
});

test("a clock change is the instant at which the offset becomes another", () => {
	fc.assert(
		fc.property(timeZone, quarter, fc.integer({ min: 1, max: 6 * 96 }), (zone, from, quarters) => {
			const to = from + quarters * quarterHour;
			const change = lastClockChange(zone, from, to);
			if (change === null) {
				expect(offsetMs(zone, from)).toBe(offsetMs(zone, to));
				return;
			}
			expect(change > from && change <= to).toBe(true);
			expect(offsetMs(zone, change - 1)).not.toBe(offsetMs(zone, change));
		}),
	);
});

test("hours last since the first quarter of an hour of those before it that all belong to them", () => {
	fc.assert(
		fc.property(fc.array(hoursOfDay, { maxLength: 3 }), timeZone, quarter, (hours, zone, at) => {
			const since = lastingSince(hours, at, zone);
			if (since === 0) expect(countBack(hours, zone, at, 7 * 96 + 4)).toBe(7 * 96 + 4);
			else expect(since).toBe(firstOfThem(hours, zone, at));
		}),
		{ numRuns: 300 },
	);
});

test("between two quarters of an hour nothing changes", () => {
	fc.assert(
		fc.property(fc.array(hoursOfDay, { maxLength: 3 }), timeZone, quarter, (hours, zone, at) => {
			expect(lastingSince(hours, at + quarterHour - 1, zone)).toBe(lastingSince(hours, at, zone));
		}),
	);
});

function firstOfThem(hours: readonly HoursOfDay[], zone: string, at: number): number | null {
	const quarters = countBack(hours, zone, at, 8 * 96);
	return quarters === 0 ? null : at - (quarters - 1) * quarterHour;
}

/** How many quarters of an hour up to and with `at` belong to the hours, by asking each what the clock shows. */
function countBack(hours: readonly HoursOfDay[], zone: string, at: number, atMost: number): number {
	for (let quarters = 0; quarters < atMost; quarters++) {
		if (!hours.some((each) => holds(each, weekdayAndTime(zone, at - quarters * quarterHour)))) return quarters;
	}
	return atMost;
}

function holds({ days, from, to }: HoursOfDay, shown: string): boolean {
	const weekday = Number(shown[0]);
	const time = shown.slice(2);
	const begins = (on: number) => (days ?? [1, 2, 3, 4, 5, 6, 7]).includes(on);
	if (from < to) return begins(weekday) && from <= time && time < to;
	return (begins(weekday) && from <= time) || (begins(weekday === 1 ? 7 : weekday - 1) && time < to);
}

/** `"3 08:15"` on Wednesdays. */
function weekdayAndTime(zone: string, at: number): string {
	const format = (formats[zone] ??= new Intl.DateTimeFormat("en-US", {
		...{ timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
	}));
	const [weekday = "", time = ""] = format.format(at).split(/,? /);
	return `${["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(weekday) + 1} ${time}`;
}

function showOf(wall: number): string {
	const minutes = Math.floor(wall / minute);
	return `${Math.floor(minutes / 1440) + 1} ${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

const formats: Record<string, Intl.DateTimeFormat> = {};
const two = (value: number) => String(value).padStart(2, "0");

import { describe, expect, it, test } from "vitest";
import { availability, responseFigures } from "#core/history/figures.ts";
import { judgementOf } from "#core/history/judgement.ts";
import { addDays, dayAt, dayStart, daysBetween } from "#core/calendar/days.ts";
import { hourStart, localHours } from "#core/history/local-hours.ts";
import { periodsToCompare } from "#core/history/periods.ts";
import { rollUp } from "#core/history/roll-up.ts";
import { Tally } from "#core/history/tally.ts";

const hour = 3_600_000;
const minute = 60_000;
const shanghai = "Asia/Shanghai";
const monday = Date.parse("2026-11-23T00:00:00+08:00");

describe("hours of the site", () => {
	const hoursOfDay = (zone: string, day: string) =>
		localHours(zone, dayStart(zone, day), dayStart(zone, addDays(day, 1)));

	it("are 24 a day, from midnight, Monday first", () => {
		const hours = hoursOfDay(shanghai, "2026-11-23");
		expect(hours).toHaveLength(24);
		expect(hours[0]).toEqual({ startAt: monday, endAt: monday + hour, day: "2026-11-23", weekday: 1, hour: 0 });
		expect(hours.at(-1)).toMatchObject({ day: "2026-11-23", weekday: 1, hour: 23 });
	});

	it.each([
		["Europe/Berlin", "2026-10-25", 25, [0, 1, 2, 2, 3]],
		["Europe/Berlin", "2026-03-29", 23, [0, 1, 3, 4]],
		["America/Santiago", "2026-09-06", 23, [1, 2, 3]], // midnight is skipped
		["Asia/Kolkata", "2026-11-23", 24, [0, 1, 2]],
		["Asia/Kathmandu", "2026-11-23", 24, [0, 1, 2]],
	])("in %s on %s: %i", (zone, day, count, first) => {
		const hours = hoursOfDay(zone, day);
		expect(hours).toHaveLength(count);
		expect(hours.slice(0, first.length).map((each) => each.hour)).toEqual(first);
		expect(new Set(hours.map((each) => each.day))).toEqual(new Set([day]));
	});

	it("of half an hour where clocks are put back by that", () => {
		const hours = hoursOfDay("Australia/Lord_Howe", "2026-04-05");
		expect(hours.slice(0, 4).map((each) => [each.hour, (each.endAt - each.startAt) / minute])).toEqual([
			[0, 60],
			[1, 60],
			[1, 30],
			[2, 60],
		]);
	});

	it("days are counted in the calendar", () => {
		expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
		expect(daysBetween("2026-01-01", "2026-12-31")).toBe(365);
		expect(dayAt(shanghai, monday - 1)).toBe("2026-11-22");
		expect(hourStart("Asia/Kolkata", monday + 10 * minute)).toBe(monday - 30 * minute);
	});
});

describe("what an alert counts as", () => {
	const nobody = { falseAlarm: false, confirmation: null, approval: null, exempt: false };
	test.each([
		["counts", {}],
		["false_alarm", { falseAlarm: true }],
		["counts", { falseAlarm: true, confirmation: "true" }],
		["false_alarm", { confirmation: "false_alarm" }],
		["counts", { confirmation: "false_alarm", approval: "true" }],
		["exempt", { exempt: true }],
		["exempt", { exempt: true, falseAlarm: true }],
		["false_alarm", { exempt: true, approval: "false_alarm" }],
	])("%s where it is said %o", (judgement, said) => {
		expect(judgementOf({ ...nobody, ...said })).toBe(judgement);
	});
});

describe("a lane's hours", () => {
	const alert = (enteredAt: number, clearedAt: number | null) => ({ enteredAt, clearedAt });
	const watched = [{ from: monday, to: monday + 10 * hour }];

	it("hold each occupied minute once, however many alerts", () => {
		const alerts = [
			alert(monday + 50 * minute, monday + 70 * minute),
			alert(monday + 55 * minute, monday + 65 * minute),
		];
		expect(rollUp({ watched, alerts, blind: new Map() }, shanghai, 0)).toEqual([
			{ hourAt: monday, occupiedMs: 10 * minute, blindMs: 0 },
			{ hourAt: monday + hour, occupiedMs: 10 * minute, blindMs: 0 },
		]);
	});

	it("say nothing of the time in which nobody watched: what stands there still is known until the last word", () => {
		const rows = rollUp({ watched, alerts: [alert(monday + 9.5 * hour, null)], blind: new Map() }, shanghai, 0);
		expect(rows).toEqual([{ hourAt: monday + 9 * hour, occupiedMs: 30 * minute, blindMs: 0 }]);
	});

	it("leave blind time no more room than there is", () => {
		const blind = new Map([[monday, 50 * minute]]);
		const rows = rollUp({ watched, alerts: [alert(monday, monday + 20 * minute)], blind }, shanghai, 0);
		expect(rows[0]).toEqual({ hourAt: monday, occupiedMs: 20 * minute, blindMs: 40 * minute });
	});
});

it("lanes are added up by hour of the week and by day; what nobody watched is unknown, what is still to come is nothing", () => {
	const hours = localHours(shanghai, monday, monday + 48 * hour);
	const tally = new Tally(hours, () => true);
	const time = tally.add({
		life: { from: monday + hour, to: monday + 30 * hour },
		watched: [{ from: monday + 2 * hour, to: monday + 29 * hour }],
		hours: Float64Array.of(monday + 3 * hour, 10 * minute, 5 * minute, monday + 26 * hour, 0, hour),
	});
	expect(time).toEqual({ occupiedMs: 10 * minute, unknownMs: 3 * hour + 5 * minute, freeMs: 26 * hour - 15 * minute });
	expect(tally.cells()[1]).toEqual({ occupiedMs: 0, freeMs: 0, unknownMs: hour });
	expect(tally.cells()[3]).toEqual({ occupiedMs: 10 * minute, freeMs: 45 * minute, unknownMs: 5 * minute });
	expect(tally.cells()[0]).toEqual({ occupiedMs: 0, freeMs: 0, unknownMs: 0 });
	expect(tally.days().get("2026-11-24")).toEqual({ occupiedMs: 0, freeMs: 4 * hour, unknownMs: 2 * hour });
	expect(availability(time)).toBeCloseTo(0.9936, 4);
	expect(availability({ occupiedMs: 0, freeMs: 0, unknownMs: hour })).toBeNull();
});

test("response times", () => {
	expect(responseFigures([])).toEqual({ count: 0, meanMs: null, medianMs: null, p90Ms: null });
	expect(responseFigures([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ count: 10, meanMs: 6, medianMs: 5, p90Ms: 9 });
});

test.each([
	[
		["2026-11-01", "2026-11-30"],
		["2026-10-01", "2026-10-31"],
		["2025-11-01", "2025-11-30"],
	],
	[
		["2026-01-01", "2026-12-31"],
		["2025-01-01", "2025-12-31"],
		["2025-01-01", "2025-12-31"],
	],
	[
		["2026-01-01", "2026-03-31"],
		["2025-10-01", "2025-12-31"],
		["2025-01-01", "2025-03-31"],
	],
	[
		["2026-11-10", "2026-11-19"],
		["2026-10-31", "2026-11-09"],
		["2025-11-10", "2025-11-19"],
	],
	[
		["2028-02-29", "2028-02-29"],
		["2028-02-28", "2028-02-28"],
		["2027-02-28", "2027-02-28"],
	],
])("%j is compared with %j and %j", ([from = "", to = ""], before, lastYear) => {
	const found = periodsToCompare({ from, to });
	expect([found.before.from, found.before.to]).toEqual(before);
	expect([found.lastYear.from, found.lastYear.to]).toEqual(lastYear);
});

import { describe, expect, test } from "vitest";
import { serverConfigSchema } from "../../src/server/config.ts";

const calendarOf = (workCalendar: unknown) => serverConfigSchema.safeParse({ workCalendar });

describe("the work calendar of the configuration", () => {
	test("takes days and stretches of days", () => {
		const workCalendar = { holidays: ["2027-01-01", "2027-10-01/2027-10-03"], workdays: ["2027-10-09"] };
		expect(calendarOf(workCalendar).data?.workCalendar).toEqual({
			holidays: new Set(["2027-01-01", "2027-10-01", "2027-10-02", "2027-10-03"]),
			workdays: new Set(["2027-10-09"]),
		});
	});

	test.each([
		["a day that no calendar has", { holidays: ["2027-02-30"] }, "workCalendar.holidays.0"],
		["a stretch that runs backwards", { holidays: ["2027-10-07/2027-10-01"] }, "workCalendar.holidays.0"],
		["a stretch of more than a month", { holidays: ["2027-01-01/2027-12-31"] }, "workCalendar.holidays.0"],
		["three days with strokes", { holidays: ["2027-01-01/2027-01-02/2027-01-03"] }, "workCalendar.holidays.0"],
		["another way to write a day", { workdays: ["9.10.2027"] }, "workCalendar.workdays.0"],
		["a day that is both", { holidays: ["2027-10-09"], workdays: ["2027-10-09"] }, "workCalendar.workdays.0"],
	])("refuses %s, and names the place", (_what, workCalendar, place) => {
		expect(calendarOf(workCalendar).error?.issues.map(({ path }) => path.join("."))).toEqual([place]);
	});
});

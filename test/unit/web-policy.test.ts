import { describe, expect, test } from "vitest";
import { offsetMs } from "#core/policy/local-time.ts";
import { timeOfDayOf } from "../../src/web/pages/policy/time-of-day.ts";
import { readPermitForm, wallText } from "../../src/web/pages/permits/permit-form.ts";
import { allFields, delayFields, readField, showField, withKey } from "../../src/web/pages/policy/policy-keys.ts";
import { problemsOfRules } from "../../src/web/pages/policy/rules-problems.ts";

const night = { from: "22:00", to: "07:00" };

describe("what is typed into a field of the policy", () => {
	const [vehicle, , off] = delayFields;
	const width = allFields.find(({ key }) => key === "clearWidthM")!;
	const fixed = allFields.find(({ key }) => key === "fixedAfterMs")!;

	test("seconds, metres and hours become the policy's own units, and come back as they were", () => {
		expect([readField(vehicle, "90"), readField(width, "3.5"), readField(fixed, " 24 ")]).toEqual([
			90_000, 3.5, 86_400_000,
		]);
		expect([showField(vehicle, 90_000), showField(width, 3.5), showField(fixed, 86_400_000)]).toEqual([
			"90",
			"3.5",
			"24",
		]);
	});

	test("nothing is the weaker level's, and what is out of range is not taken", () => {
		expect(readField(vehicle, "  ")).toBeUndefined();
		for (const text of ["-1", "1.", "1e3", "86401", "x", "1.234"]) expect(readField(vehicle, text), text).toBeNull();
		expect([readField(off, "600"), readField(off, "601"), readField(fixed, "0.5")]).toEqual([600_000, null, null]);
	});

	test("an emptied field takes its key out", () => {
		expect(withKey({ offDelayMs: 1 }, "vehicleOnDelayMs", 2)).toEqual({ offDelayMs: 1, vehicleOnDelayMs: 2 });
		expect(withKey({ offDelayMs: 1 }, "offDelayMs", undefined)).toEqual({});
	});
});

describe("what the server would refuse is said before", () => {
	const words = (own: Parameters<typeof problemsOfRules>[2], site = {}) =>
		problemsOfRules("fire_lane", site, own).map(({ word, hours }) => [word, hours?.from ?? null]);

	test("rules that make sense have no problem", () =>
		expect(
			words({ policy: { offDelayMs: 1 }, hours: [{ ...night, policy: { offDelayMs: 2 } }], armed: [night] }),
		).toEqual([]));

	test("hours that set nothing, that are none, or on no day", () => {
		expect(words({ hours: [{ ...night, policy: {} }] })).toEqual([["nothingSet", "22:00"]]);
		expect(words({ armed: [{ from: "08:00", to: "08:00" }] })).toEqual([["sameTimes", "08:00"]]);
		expect(words({ armed: [{ ...night, days: [] }] })).toEqual([["noDay", "22:00"]]);
	});

	test("what makes no sense over the site's, with the width that holds then", () => {
		const site = { hours: [{ ...night, policy: { clearWidthM: 3.2 } }] };
		expect(problemsOfRules("fire_lane", site, { policy: { blockedWidthM: 3.5 } })).toMatchObject([
			{ word: "blocked_wider_than_clear", hours: { from: "22:00" }, clearWidthM: 3.2 },
		]);
	});
});

describe("the form of a permit", () => {
	const shanghai = (at: number) => offsetMs("Asia/Shanghai", at);
	const now = Date.parse("2026-11-25T10:00:00Z");
	const form = { from: "2026-11-25T18:00", until: "2026-11-25T20:00", plate: "", reason: " 搬家 " };
	const read = (more: Partial<typeof form> = {}, offset = shanghai) =>
		readPermitForm({ ...form, ...more }, { laneId: "lane-1", now, offsetMs: offset });

	test("its times are the site's", () => {
		expect(read()).toEqual({
			body: { laneId: "lane-1", from: now, until: now + 2 * 3_600_000, plate: null, reason: "搬家" },
		});
		expect(wallText(now, shanghai)).toBe("2026-11-25 18:00");
	});

	test.each(["2026-11-25 18:00", "2026/11/25 18:00", "2026年11月25日 18：00", "２０２６-11-25  18:00"])(
		"%j is a time",
		(from) => expect(read({ from })).toMatchObject({ body: { from: now } }),
	);

	test.each(["2026-02-30 18:00", "2026-11-25", "2026-11-25 24:00", "2026-11-25 18:60", "18:00"])("%j is none", (from) =>
		expect(read({ from })).toEqual({ problems: { from: "errTime" } }),
	);

	test("a plate is written as it is kept", () =>
		expect(read({ plate: "蒙b·12345" })).toMatchObject({ body: { plate: "蒙B12345" } }));

	test("across a clock change the clock that holds then decides", () => {
		const berlin = (at: number) => offsetMs("Europe/Berlin", at);
		const until = Date.parse("2027-03-28T03:30:00+02:00");
		expect(
			readPermitForm(
				{ ...form, from: "2027-03-28T01:30", until: "2027-03-28T03:30" },
				{ laneId: "l", now, offsetMs: berlin },
			),
		).toMatchObject({
			body: { from: until - 3_600_000, until },
		});
	});

	test("each field says what is wrong with it", () => {
		expect(read({ reason: " ", from: "", plate: "a" })).toEqual({
			problems: { reason: "errReason", from: "errTime", plate: "errPlate" },
		});
		expect(read({ until: "2026-11-25T17:59" })).toEqual({ problems: { until: "errUntil" } });
		expect(read({ from: "2026-11-24T18:00", until: "2026-11-25T17:00" })).toEqual({ problems: { until: "errUntil" } });
		expect(read({ until: "2027-11-25T17:00" })).toEqual({ problems: { until: "errLong" } });
	});
});

test.each([
	["7:30", "07:30"],
	["07：30", "07:30"],
	["730", "07:30"],
	["2230", "22:30"],
	["0:00", "00:00"],
	["24:00", null],
	["7:60", null],
	["7", null],
	["half past", null],
	["", null],
])("%j as a time of day is %j", (text, time) => expect(timeOfDayOf(text)).toBe(time));

import { describe, expect, test } from "vitest";
import { checkPolicy } from "#core/policy/check-policy.ts";
import { layPolicies } from "#core/policy/policy-layers.ts";
import { exemptionAt, policyAt, rulesAt } from "#core/policy/rules-at.ts";
import type { Permit, ZoneTimes } from "#core/policy/zone-times.ts";
import { defaultPolicy, mergePolicies } from "#core/scene.ts";

const minute = 60_000;
const hour = 60 * minute;
/** In Shanghai, on a Wednesday. */
const at = (time: string, day = "2026-11-25") => Date.parse(`${day}T${time}:00+08:00`);
const never: ZoneTimes = { timeZone: "Asia/Shanghai", hours: [], armed: null, permits: [] };
const zone = (times: Partial<ZoneTimes>) => ({ policy: defaultPolicy, times: { ...never, ...times } });

describe("which policy holds", () => {
	test("where nothing is set: the built-in one, shorter before a hydrant and at an exit", () => {
		const vehicleOnDelays = (["fire_lane", "aerial_site", "hydrant_front", "safety_exit"] as const).map(
			(kind) => layPolicies(defaultPolicy, kind, {}, {}).policy.vehicleOnDelayMs,
		);
		expect(vehicleOnDelays).toEqual([120_000, 120_000, 60_000, 60_000]);
		expect(defaultPolicy).toMatchObject({ objectOnDelayMs: 300_000, fixedAfterMs: 24 * hour });
	});

	test("built in < kind < site < site's hour < zone < zone's hour", () => {
		const evening = { from: "18:00", to: "22:00" };
		const sets = (vehicleOnDelayMs: number) => ({ vehicleOnDelayMs });
		const site = { policy: sets(1), hours: [{ ...evening, policy: sets(2) }] };
		const own = { policy: sets(3), hours: [{ ...evening, policy: sets(4) }] };
		const delay = (siteLayer: object, zoneLayer: object, time: string) => {
			const { policy, hours } = layPolicies(defaultPolicy, "hydrant_front", siteLayer, zoneLayer);
			return policyAt({ policy, times: { ...never, hours } }, at(time)).vehicleOnDelayMs;
		};
		expect(delay({}, {}, "19:00")).toBe(60_000);
		expect(delay({ policy: site.policy }, {}, "19:00")).toBe(1);
		expect(delay(site, {}, "19:00")).toBe(2);
		expect(delay(site, {}, "22:00")).toBe(1);
		expect(delay(site, { policy: own.policy }, "19:00")).toBe(3);
		expect(delay(site, own, "19:00")).toBe(4);
		expect(delay(site, own, "17:59")).toBe(3);
	});

	test("a zone's key hides that key of the site's hour alone", () => {
		const hours = [{ from: "00:00", to: "24:00", policy: { vehicleOnDelayMs: 1, offDelayMs: 2 } }];
		const laid = layPolicies(defaultPolicy, "fire_lane", { hours }, { policy: { offDelayMs: 3 } });
		expect(policyAt({ policy: laid.policy, times: { ...never, hours: laid.hours } }, at("12:00"))).toMatchObject({
			vehicleOnDelayMs: 1,
			offDelayMs: 3,
		});
	});

	test("of hours that overlap the last decides", () => {
		const hours = [
			{ from: "00:00", to: "24:00", policy: { offDelayMs: 1, vehicleOnDelayMs: 1 } },
			{ from: "12:00", to: "13:00", policy: { offDelayMs: 2 } },
		];
		expect(policyAt(zone({ hours }), at("12:30"))).toMatchObject({ offDelayMs: 2, vehicleOnDelayMs: 1 });
		expect(policyAt(zone({ hours }), at("13:00"))).toMatchObject({ offDelayMs: 1 });
	});

	test("hours across midnight belong to the day on which they begin", () => {
		const hours = [{ days: [5], from: "22:00", to: "07:00", policy: { offDelayMs: 1 } }]; // Fridays
		const isOn = (time: string, day: string) => policyAt(zone({ hours }), at(time, day)).offDelayMs === 1;
		expect(isOn("23:00", "2026-11-27")).toBe(true);
		expect(isOn("06:59", "2026-11-28")).toBe(true);
		expect(isOn("07:00", "2026-11-28")).toBe(false);
		expect(isOn("06:00", "2026-11-27")).toBe(false);
	});
});

describe("when a zone is watched", () => {
	const nights = [{ from: "22:00", to: "07:00" }];

	test("outside of the armed hours nothing counts, and within them from their beginning", () => {
		expect(exemptionAt(zone({ armed: nights }), at("12:00"), "vehicle")).toEqual({ reason: "disarmed" });
		expect(exemptionAt(zone({ armed: nights }), at("12:00"), "object")).toEqual({ reason: "disarmed" });
		const armed = { exempt: null, countsFrom: at("22:00") };
		expect(rulesAt(zone({ armed: nights }), at("22:00"))).toMatchObject({ vehicle: armed, object: armed });
		expect(rulesAt(zone({ armed: nights }), at("03:00", "2026-11-26"))).toMatchObject({
			vehicle: armed,
			object: armed,
		});
	});

	test("stretches that touch or overlap are one", () => {
		const armed = [
			{ days: [3], from: "08:00", to: "12:00" },
			{ days: [3], from: "12:00", to: "15:00" },
			{ days: [3], from: "14:00", to: "24:00" },
			{ days: [4], from: "00:00", to: "06:00" },
		];
		expect(rulesAt(zone({ armed }), at("05:00", "2026-11-26")).object.countsFrom).toBe(at("08:00"));
	});

	test("a schedule without a gap is always", () => {
		const armed = [{ from: "00:00", to: "24:00" }];
		expect(rulesAt(zone({ armed }), at("05:00")).object).toEqual({ countsFrom: 0, exempt: null });
		expect(rulesAt(zone({}), at("05:00")).object).toEqual({ countsFrom: 0, exempt: null });
		expect(rulesAt({ policy: defaultPolicy }, 0)).toMatchObject({ policy: defaultPolicy, vehicle: { exempt: null } });
	});

	test("when clocks are put back, the hour that comes twice is armed twice", () => {
		const berlin = { ...zone({ armed: [{ from: "01:00", to: "02:30" }] }).times, timeZone: "Europe/Berlin" };
		const armedAt = (instant: string) => rulesAt({ policy: defaultPolicy, times: berlin }, Date.parse(instant)).object;
		const began = Date.parse("2026-10-24T23:00Z"); // 01:00 in summer time
		expect(armedAt("2026-10-25T00:29Z")).toEqual({ countsFrom: began, exempt: null });
		expect(armedAt("2026-10-25T00:30Z").exempt).toEqual({ reason: "disarmed" });
		// 03:00 becomes 02:00 at 01:00 UTC: 02:00 to 02:30 comes once more.
		expect(armedAt("2026-10-25T01:10Z")).toEqual({ countsFrom: Date.parse("2026-10-25T01:00Z"), exempt: null });
	});

	test("when clocks are put forward into a stretch, it begins then", () => {
		const berlin = { ...zone({ armed: [{ from: "02:30", to: "05:00" }] }).times, timeZone: "Europe/Berlin" };
		const counting = rulesAt({ policy: defaultPolicy, times: berlin }, Date.parse("2026-03-29T02:00Z")).object;
		expect(counting).toEqual({ countsFrom: Date.parse("2026-03-29T01:00Z"), exempt: null });
	});
});

describe("permits", () => {
	const permit: Permit = { id: "p1", plate: null, from: at("09:00"), until: at("11:00") };

	test("let vehicles stand, and no goods", () => {
		const rules = rulesAt(zone({ permits: [permit] }), at("09:00"));
		expect(rules.vehicle.exempt).toEqual({ reason: "permit", permitId: "p1", until: at("11:00") });
		expect(rules.object).toEqual({ countsFrom: 0, exempt: null });
	});

	test("a vehicle that stands there when it is over counts from then", () => {
		expect(rulesAt(zone({ permits: [permit] }), at("11:00")).vehicle).toEqual({
			countsFrom: at("11:00"),
			exempt: null,
		});
		expect(rulesAt(zone({ permits: [permit] }), at("08:59")).vehicle).toEqual({ countsFrom: 0, exempt: null });
	});

	test("of two the longer one is named", () => {
		const longer = { ...permit, id: "p2", until: at("12:00") };
		expect(exemptionAt(zone({ permits: [permit, longer] }), at("10:00"), "vehicle")).toMatchObject({ permitId: "p2" });
	});

	test("one with a plate lets nothing through as long as plates are not read", () => {
		const permits = [{ ...permit, plate: "蒙B12345" }];
		expect(rulesAt(zone({ permits }), at("10:00")).vehicle).toEqual({ countsFrom: 0, exempt: null });
		expect(rulesAt(zone({ permits }), at("12:00")).vehicle).toEqual({ countsFrom: 0, exempt: null });
	});

	test("outside of the armed hours that is the reason", () => {
		const times = { permits: [permit], armed: [{ from: "22:00", to: "07:00" }] };
		expect(exemptionAt(zone(times), at("10:00"), "vehicle")).toEqual({ reason: "disarmed" });
		expect(rulesAt(zone(times), at("23:00")).vehicle).toEqual({ countsFrom: at("22:00"), exempt: null });
	});
});

describe("policies that make no sense", () => {
	const problems = (keys: Partial<typeof defaultPolicy>) =>
		checkPolicy(mergePolicies(defaultPolicy, keys)).map(({ key, problem }) => [key, problem]);

	test("the built-in one makes sense, and so does what is at the border", () => {
		expect(problems({})).toEqual([]);
		expect(problems({ offDelayMs: 600_000, blockedWidthM: 4 })).toEqual([]);
	});

	test("an off-delay of more than ten minutes", () =>
		expect(problems({ offDelayMs: 600_001 })).toEqual([["offDelayMs", "off_delay_too_long"]]));

	test("a lane that is blocked before it is narrowed", () =>
		expect(problems({ blockedWidthM: 4.1 })).toEqual([["blockedWidthM", "blocked_wider_than_clear"]]));

	test("at one of the hours: it is named; all day: said once", () => {
		const hours = [
			{ from: "22:00", to: "07:00", policy: { vehicleOnDelayMs: 1 } },
			{ from: "07:00", to: "09:00", policy: { offDelayMs: hour } },
		];
		expect(checkPolicy(defaultPolicy, hours)).toMatchObject([{ key: "offDelayMs", hours: 1 }]);
		expect(checkPolicy({ ...defaultPolicy, offDelayMs: hour }, hours)).toMatchObject([{ hours: null }]);
	});
});

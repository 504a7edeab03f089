import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blindGrowth, putBlindTime } from "../../src/server/lanes/blind-days.ts";
import { localDay, splitByDay } from "../../src/server/lanes/local-days.ts";
import { rememberTimeZone } from "../../src/server/lanes/site-time-zone.ts";
import { openWireStore } from "../support/wire-store.ts";

const hour = 3_600_000;
const midnight = Date.UTC(2026, 10, 24, 16); // in Shanghai, of the 25th
const noon = midnight + 12 * hour;

describe("local days", () => {
	it("begin at the site's midnight", () => {
		expect(localDay(midnight - 1, "Asia/Shanghai")).toBe("2026-11-24");
		expect(localDay(midnight, "Asia/Shanghai")).toBe("2026-11-25");
		expect(splitByDay(midnight - hour, midnight + 25 * hour, "Asia/Shanghai")).toEqual([
			{ day: "2026-11-24", ms: hour },
			{ day: "2026-11-25", ms: 24 * hour },
			{ day: "2026-11-26", ms: hour },
		]);
	});

	it("have 23 or 25 hours where the clock is changed", () => {
		const end = Date.UTC(2026, 9, 25, 23); // in Berlin, of the 25th of October
		expect(splitByDay(end - 25 * hour, end, "Europe/Berlin")).toEqual([{ day: "2026-10-25", ms: 25 * hour }]);
	});

	it("together are the whole stretch, and of a very long one the last month", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 30 * 24 * hour }), fc.integer({ min: 0, max: 1e12 }), (length, from) => {
				const parts = splitByDay(from, from + length, "Asia/Shanghai");
				expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(length);
				expect(new Set(parts.map(({ day }) => day)).size).toBe(parts.length);
			}),
			{ numRuns: 30 },
		);
		expect(splitByDay(0, noon, "Asia/Shanghai")).toHaveLength(32);
	});
});

describe("a counter of blind time", () => {
	const known = { blindMs: 5_000, watchedSince: 100, at: noon };

	it("gives what has come to it since the last message", () => {
		const told = { blindMs: 7_000, watchedSince: 100, at: noon + 15_000 };
		expect(blindGrowth(known, told)).toEqual({ ms: 2_000, from: noon, to: noon + 15_000, counter: told });
	});

	it("that takes in a whole stretch when it ends counts it where it was, not since the last message", () => {
		const told = { blindMs: 5_000 + 14 * hour, watchedSince: 100, at: noon + 15_000 };
		expect(blindGrowth(known, told)).toMatchObject({ ms: 14 * hour, from: noon + 15_000 - 14 * hour });
	});

	it("that began anew counts from its own beginning", () => {
		const told = { blindMs: 1_000, watchedSince: noon + 10_000, at: noon + 20_000 };
		expect(blindGrowth(known, told)).toMatchObject({ ms: 1_000, from: noon + 10_000, counter: told });
		expect(blindGrowth(null, told)).toMatchObject({ ms: 1_000, from: noon + 10_000 });
	});

	it("that was set back by a crash counts nothing twice", () => {
		const back = blindGrowth(known, { blindMs: 4_000, watchedSince: 100, at: noon + 1_000 });
		expect(back).toMatchObject({ ms: 0, counter: { blindMs: 5_000 } });
		expect(blindGrowth(back.counter, { blindMs: 6_000, watchedSince: 100, at: noon + 3_000 }).ms).toBe(1_000);
	});

	it("is put down by the site's days, each with its share", () => {
		const store = openWireStore();
		rememberTimeZone(store, { timeZone: "Asia/Shanghai" });
		const days = () => store.prepare("SELECT day, blind_ms AS ms FROM lane_blind_days ORDER BY day").all();
		putBlindTime(store, "lane-1a", { ms: 1_001, from: midnight - hour, to: midnight + 3 * hour });
		expect(days()).toEqual([
			{ day: "2026-11-24", ms: 250 },
			{ day: "2026-11-25", ms: 751 },
		]);
		putBlindTime(store, "lane-1a", { ms: 9, from: noon, to: noon }); // no time in between: the day of the message
		putBlindTime(store, "lane-1a", { ms: 0, from: noon, to: noon + 48 * hour });
		expect(days()).toMatchObject([{ ms: 250 }, { ms: 760 }]);
	});
});

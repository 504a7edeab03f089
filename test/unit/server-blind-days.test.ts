import { describe, expect, it } from "vitest";
import { blindGrowth, putBlindTime } from "../../src/server/lanes/blind-days.ts";
import { localDay } from "../../src/server/lanes/local-days.ts";
import { rememberTimeZone } from "../../src/server/lanes/site-time-zone.ts";
import { openWireStore } from "../support/wire-store.ts";

const hour = 3_600_000;
const midnight = Date.UTC(2026, 10, 24, 16); // in Shanghai, of the 25th
const noon = midnight + 12 * hour;

describe("local days", () => {
	it("begin at the site's midnight", () => {
		expect(localDay(midnight - 1, "Asia/Shanghai")).toBe("2026-11-24");
		expect(localDay(midnight, "Asia/Shanghai")).toBe("2026-11-25");
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

	it("is put down by the site's hours and days, each with its share", () => {
		const store = openWireStore();
		rememberTimeZone(store, { timeZone: "Asia/Shanghai" });
		const days = () => store.prepare("SELECT day, blind_ms AS ms FROM lane_blind_days ORDER BY day").all();
		const hours = () =>
			store.prepare("SELECT hour_at AS at, blind_ms AS ms FROM lane_blind_hours ORDER BY hour_at").all();
		putBlindTime(store, "lane-1a", { ms: 1_001, from: midnight - hour, to: midnight + 3 * hour });
		expect(days()).toEqual([
			{ day: "2026-11-24", ms: 250 },
			{ day: "2026-11-25", ms: 751 },
		]);
		expect(hours()).toEqual([-1, 0, 1, 2].map((n) => ({ at: midnight + n * hour, ms: n < 2 ? 250 : 251 })));
		putBlindTime(store, "lane-1a", { ms: 9, from: noon, to: noon }); // no time in between: the hour of the message
		putBlindTime(store, "lane-1a", { ms: 0, from: noon, to: noon + 48 * hour });
		expect(days()).toMatchObject([{ ms: 250 }, { ms: 760 }]);
		expect(hours().at(-1)).toEqual({ at: noon, ms: 9 });
	});

	it("of more than a year, or of a clock that stood at 1970, is put down as far as its last 400 days hold it", () => {
		const store = openWireStore();
		putBlindTime(store, "lane-1a", { ms: noon, from: 0, to: noon });
		const { all, most } = store
			.prepare("SELECT sum(blind_ms) AS 'all', max(blind_ms) AS most FROM lane_blind_hours")
			.get() as { all: number; most: number };
		expect([all, most]).toEqual([400 * 24 * hour, hour]);
	});
});

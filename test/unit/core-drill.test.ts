import { describe, expect, it } from "vitest";
import { cardChanges } from "#core/drill/card-changes.ts";
import { isFound } from "#core/drill/find-site.ts";
import { chanceByHour, freeChance, wilson, worstHours } from "#core/drill/free-chance.ts";
import { armedStretches, wayHours } from "#core/drill/way-hours.ts";
import { lanesOfWay } from "#core/drill/ways.ts";
import { drillWeeks, mondayOf } from "#core/drill/weekly-goal.ts";
import { hourMs, localHours } from "#core/history/local-hours.ts";

const free = { freeMs: hourMs, occupiedMs: 0, unknownMs: 0 };
const occupied = { freeMs: 0, occupiedMs: hourMs, unknownMs: 0 };
const unknown = { freeMs: 0, occupiedMs: 0, unknownMs: hourMs };
const many = <T>(times: number, one: T) => Array.from({ length: times }, () => one);

describe("the chance that a way is free", () => {
	it("is Wilson's interval of days, as the textbook has it", () => {
		// 81 of 263: 0.2553 to 0.3662 (Newcombe, Statistics in Medicine 17, 1998, table I, method 3).
		const { low, high } = wilson(81 / 263, 263);
		expect(low).toBeCloseTo(0.2553, 4);
		expect(high).toBeCloseTo(0.3662, 4);
		expect(wilson(1, 30).low).toBeCloseTo(0.8865, 4);
		expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
	});

	it("is never certain after thirty days that were all free", () => {
		const { chance, low, high, effectiveDays } = freeChance(many(30, free));
		expect(chance).toBe(1);
		expect(high).toBe(1);
		expect(low).toBeLessThan(0.9);
		expect(effectiveDays).toBe(30);
	});

	it("counts a vehicle that stays for weeks as few days", () => {
		const longStays = [...many(15, occupied), ...many(15, free)];
		const apart = many(15, [occupied, free]).flat();
		const [alike, mixed] = [freeChance(longStays), freeChance(apart)];
		expect(alike.chance).toBe(mixed.chance);
		expect(alike.effectiveDays).toBeLessThan(4);
		expect(alike.high - alike.low).toBeGreaterThan(mixed.high - mixed.low);
	});

	it("leaves out what is unknown, and says how much that was", () => {
		const half = { freeMs: hourMs / 2, occupiedMs: 0, unknownMs: hourMs / 2 };
		expect(freeChance(many(10, half))).toMatchObject({ chance: 1, effectiveDays: 5, days: 10, unknownShare: 0.5 });
		expect(freeChance([free, unknown])).toMatchObject({ chance: 1, days: 1, effectiveDays: 1, unknownShare: 0.5 });
		expect(freeChance([])).toMatchObject({ chance: null, unknownShare: null });
	});

	it("names the worst hours, and none that was always free or never known", () => {
		const hours = localHours("Asia/Shanghai", 0, 20 * 24 * hourMs);
		const times = hours.map(({ hour }) => (hour === 18 ? occupied : hour === 3 ? unknown : free));
		expect(worstHours(chanceByHour(hours, times), 3)).toEqual([18]);
	});
});

describe("a way's time", () => {
	const hours = localHours("Asia/Shanghai", 0, 2 * hourMs);
	const period = { from: 0, to: 2 * hourMs };
	const lane = { life: period, watched: [period], stood: [], blind: new Map() };

	it("is occupied while anything stands in any of its lanes, once", () => {
		const one = { ...lane, stood: [{ from: 0, to: hourMs / 2 }] };
		const other = { ...lane, stood: [{ from: hourMs / 4, to: hourMs }] };
		expect(wayHours([one, other], hours, period)).toEqual([occupied, free]);
	});

	it("takes blind time of several lanes as if none lay over another", () => {
		const blind = { ...lane, blind: new Map([[0, hourMs / 3]]) };
		expect(wayHours([blind, blind], hours, period)[0]).toEqual({
			...{ occupiedMs: 0, unknownMs: (2 * hourMs) / 3, freeMs: hourMs / 3 },
		});
	});

	it("knows nothing of hours at which nobody looks", () => {
		const armed = [{ from: "08:30", to: "10:00" }];
		expect(armedStretches(armed, hours, "Asia/Shanghai")).toEqual([{ from: hourMs, to: 2 * hourMs }]);
		expect(armedStretches([{ from: "08:00", to: "08:30" }], hours, "Asia/Shanghai")).toEqual([]);
	});

	it("is that of the lanes that are named, or of all fire lanes", () => {
		const lanes = [
			{ laneId: "a", kind: "fire_lane" },
			{ laneId: "b", kind: "aerial_site" },
			{ laneId: "c", kind: "fire_lane" },
		];
		const ids = (of: readonly { laneId: string }[]) => of.map(({ laneId }) => laneId);
		expect(ids(lanesOfWay(lanes, "best"))).toEqual(["a", "c"]);
		expect(ids(lanesOfWay(lanes, "other"))).toEqual([]);
		const named = lanes.map((one, index) => ({ ...one, entry: (["best", "both", "other"] as const)[index] }));
		expect(ids(lanesOfWay(named, "best"))).toEqual(["a", "b"]);
		expect(ids(lanesOfWay(named, "other"))).toEqual(["b", "c"]);
	});
});

describe("weeks with and without a drill", () => {
	it("go from Monday to Sunday, the newest first", () => {
		expect(mondayOf("2026-11-29")).toBe("2026-11-23");
		expect(mondayOf("2026-11-23")).toBe("2026-11-23");
		expect(drillWeeks(["2026-11-29", "2026-11-23", "2026-11-16"], "2026-11-26", 3)).toEqual([
			{ monday: "2026-11-23", drills: 2 },
			{ monday: "2026-11-16", drills: 1 },
			{ monday: "2026-11-09", drills: 0 },
		]);
	});
});

describe("finding a site", () => {
	it("goes by parts of names and addresses in any script, width and case", () => {
		const texts = ["清禾花园 Qinghe Garden 🚒", "清禾路 18 号"];
		for (const typed of ["清禾", "qinghe", "ＱＩＮＧＨＥ", "清禾路18号", "花园 18", "🚒", ""]) {
			expect(isFound(typed, texts), typed).toBe(true);
		}
		for (const typed of ["云岚", "清禾 19"]) expect(isFound(typed, texts), typed).toBe(false);
	});
});

describe("what became of a card", () => {
	it("is told part by part", () => {
		const part = (name: string, content: unknown) => ({ part: "gate", name, content });
		const before = new Map([
			["1", part("东门", { widthM: 4 })],
			["2", part("西门", {})],
		]);
		const after = new Map([
			["1", part("东门", { widthM: 5 })],
			["3", part("北门", {})],
		]);
		expect(cardChanges(before, after)).toEqual([
			{ part: "gate", name: "东门", how: "changed" },
			{ part: "gate", name: "北门", how: "added" },
			{ part: "gate", name: "西门", how: "removed" },
		]);
	});
});

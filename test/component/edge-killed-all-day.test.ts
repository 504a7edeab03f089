import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeDay } from "../day/judge-day.ts";
import { planDay } from "../day/plan-day.ts";
import { playDay } from "../day/play-day.ts";
import { quickFolder } from "../support/quick-folder.ts";

let folder: string;
beforeAll(async () => {
	folder = await quickFolder("keepclear-day-");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The whole day is `npm run eval:day`. In this part of one: stays, a second car, a short stop, passing, manoeuvring. */
test("two hours with five kills and three stream gaps: one alert a stay, none lost, none false, blind time told", async () => {
	const plan = planDay({ seed: 14, hours: 2, kills: 5, gaps: 3, goods: false });
	const verdict = judgeDay(plan, await playDay(plan, { folder }));
	expect(verdict.broken).toEqual([]);
	expect(verdict.told.length).toBeGreaterThan(2);
	expect(verdict.startError.most).toBeLessThanOrEqual(2_000);
	expect(verdict.endError.most).toBeLessThanOrEqual(3_000);
	expect(verdict.blindTrueMs).toBeGreaterThan(60_000);
}, 300_000);

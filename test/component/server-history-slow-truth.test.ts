import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HistoryGrouping, historyGroupings, type HistoryQuery } from "#contract/history-api.ts";
import { addDays, dayStart } from "#core/calendar/days.ts";
import { linesInPlace, readHistory, readLines } from "../../src/server/history/read-history.ts";
import { everySite } from "../../src/server/scope/visible-sites.ts";
import { buildTestApp, type TestApp } from "../support/server-app.ts";
import { ranked, slowHistory, type SlowSum } from "../support/slow-history.ts";
import { fillWithLanes } from "../support/year-of-lanes.ts";

// In this time zone clocks are put back in the middle of what was generated.
const timeZone = "Europe/Berlin";
const [from, to] = [dayStart(timeZone, "2026-10-12"), dayStart(timeZone, "2026-11-02") + 13 * 3_600_000];
let server: TestApp;

beforeAll(async () => {
	server = await buildTestApp();
	const { store } = server.parts;
	store.prepare("INSERT OR REPLACE INTO settings (key, value) VALUES ('timeZone', ?)").run(JSON.stringify(timeZone));
	fillWithLanes(server, { lanes: 6, lanesPerSite: 2, timeZone, from, to });
	store.exec(`INSERT INTO streets (id, district_id, name, party_id)
			SELECT 'east', district_id, 'East', party_id FROM streets WHERE id = 'unassigned';
		UPDATE sites SET street_id = 'east' WHERE id IN ('site-1', 'site-3')`);
	store.prepare("UPDATE lanes SET removed_at = ? WHERE id = 'lane-4'").run(to - 3 * 86_400_000);
});
afterAll(() => server.close());

const numbers = (most: number) =>
	fc.option(
		fc.uniqueArray(fc.integer({ min: most === 7 ? 1 : 0, max: most }), { minLength: 1, maxLength: 5 }).map(String),
		{ nil: undefined },
	);
const place = fc.constantFrom({}, {}, { laneId: "lane-3" }, { siteId: "site-2" }, { streetId: "east" });
const kind = fc.constantFrom({}, {}, { label: "car" }, { cause: "object" as const });
const query: fc.Arbitrary<HistoryQuery> = fc
	.record({
		first: fc.integer({ min: -2, max: 20 }),
		days: fc.integer({ min: 0, max: 14 }),
		...{ weekday: numbers(7), hour: numbers(23), place, kind },
	})
	.map(({ first, days, weekday, hour, place, kind }) => {
		const day = addDays("2026-10-12", first);
		return { from: day, to: addDays(day, days), weekday, hour, ...place, ...kind };
	});

test("whatever is asked, the quick answer is that of the slow truth, line by line", { timeout: 120_000 }, () => {
	fc.assert(
		fc.property(query, fc.constantFrom(...historyGroupings), (asked, by) => {
			const { store } = server.parts;
			const now = to;
			const slow = slowHistory(store, asked, { by, timeZone, now });
			const quick = readHistory(store, asked, everySite, now);
			expect(figures(quick.total)).toEqual(wanted(slow.total));
			expect(
				quick.cells.map(({ occupiedMs, freeMs, unknownMs, alerts }) => [occupiedMs, freeMs, unknownMs, alerts]),
			).toEqual(slow.cells.map(({ occupiedMs, freeMs, unknownMs, alerts }) => [occupiedMs, freeMs, unknownMs, alerts]));
			const lines = linesInPlace(store, { ...asked, by }, everySite, now);
			const byKey = Object.fromEntries(lines.map(({ key, ...line }) => [key, figures(line)]));
			expect(withSomething(byKey)).toEqual(
				withSomething(Object.fromEntries([...slow.lines].map(([key, sum]) => [key, wanted(sum)]))),
			);
			const few = readLines(store, { ...asked, by, most: 3 }, everySite, now);
			expect(few.linesInAll).toBe(lines.length);
			expect(few.lines).toHaveLength(Math.min(3, lines.length));
			for (const line of few.lines) expect(lines).toContainEqual(line);
			if (isByPlace(by))
				expect(few.lines[0]?.occupiedMs ?? 0).toBe(Math.max(0, ...lines.map((line) => line.occupiedMs)));
		}),
		{ numRuns: 150 },
	);
});

type Figures = Omit<ReturnType<typeof linesInPlace>[number], "key" | "name">;

const isByPlace = (by: HistoryGrouping) => by !== "day" && by !== "weekday" && by !== "hour";
const figures = ({
	occupiedMs,
	freeMs,
	unknownMs,
	alerts,
	falseAlarms,
	exempt,
	longest,
	acknowledge,
	clear,
}: Figures) => ({
	...{ occupiedMs, freeMs, unknownMs, alerts, falseAlarms, exempt, longestMs: longest?.ms ?? 0 },
	acknowledge: [acknowledge.count, acknowledge.medianMs, acknowledge.p90Ms],
	clear: [clear.count, clear.medianMs, clear.p90Ms],
});
const wanted = ({ acknowledgeMs, clearMs, ...sum }: SlowSum) => ({
	...sum,
	acknowledge: [acknowledgeMs.length, ranked(acknowledgeMs, 0.5), ranked(acknowledgeMs, 0.9)],
	clear: [clearMs.length, ranked(clearMs, 0.5), ranked(clearMs, 0.9)],
});

/** Hours and days stand in the answer even where nothing was in them. */
const withSomething = (lines: Record<string, ReturnType<typeof wanted>>) =>
	Object.fromEntries(
		Object.entries(lines).filter(
			([, { occupiedMs, freeMs, unknownMs, alerts }]) => occupiedMs + freeMs + unknownMs + alerts > 0,
		),
	);

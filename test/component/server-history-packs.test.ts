import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayStart } from "#core/calendar/days.ts";
import { brokenHistory } from "../../src/server/check/check-history.ts";
import { packLanes, packReader } from "../../src/server/history/lane-packs.ts";
import { forgetRead, laneRowsReader } from "../../src/server/history/lane-rows.ts";
import { madeRowsReader } from "../../src/server/history/made-rows-reader.ts";
import { bringUpToDate } from "../../src/server/history/made-rows.ts";
import { readHistory } from "../../src/server/history/read-history.ts";
import { everySite } from "../../src/server/scope/visible-sites.ts";
import { buildTestApp, type TestApp } from "../support/server-app.ts";
import { slowHistory } from "../support/slow-history.ts";
import { fillWithLanes } from "../support/year-of-lanes.ts";

const timeZone = "Asia/Shanghai";
const [from, to] = [dayStart(timeZone, "2026-11-01"), dayStart(timeZone, "2026-11-15")];
const asked = { from: "2026-11-01", to: "2026-11-14" };
const laneIds = ["lane-1", "lane-2", "lane-3"];
const never = new AbortController().signal;
let server: TestApp;

beforeAll(async () => {
	server = await buildTestApp();
	fillWithLanes(server, { lanes: laneIds.length, lanesPerSite: 3, timeZone, from, to });
	bringUpToDate(server.parts.store);
});
afterAll(() => server.close());

const someAlert = "(SELECT id FROM alerts WHERE lane_id = @laneId ORDER BY id LIMIT 1 OFFSET @n)";
const changes = {
	cleared: `UPDATE alerts SET cleared_at = entered_at + 1000 * (@n + 1) WHERE id = ${someAlert}`,
	entered: `UPDATE alerts SET entered_at = entered_at - 60000 * @n WHERE id = ${someAlert}`,
	label: `UPDATE alerts SET label = 'truck' WHERE id = ${someAlert}`,
	judged: `INSERT INTO handling_entries (alert_id, kind, at) SELECT id, 'false_alarm', raised_at FROM alerts WHERE id = ${someAlert}`,
	blind: `INSERT INTO lane_blind_hours (lane_id, hour_at, blind_ms) VALUES (@laneId, ${from} + 3600000 * @n, 1000)
		ON CONFLICT (lane_id, hour_at) DO UPDATE SET blind_ms = blind_ms + 1`,
} as const;
const steps = fc.array(
	fc.record({
		what: fc.constantFrom("packed", "started", ...(Object.keys(changes) as (keyof typeof changes)[])),
		laneId: fc.constantFrom(...laneIds),
		n: fc.nat({ max: 8 }),
	}),
	{ minLength: 1, maxLength: 12 },
);

test("whatever changes between, packs hold what the rows hold, and the answer is that of the slow truth", async () => {
	const { store } = server.parts;
	let packsSeen = 0;
	await fc.assert(
		fc.asyncProperty(steps, async (all) => {
			for (const { what, laneId, n } of all) {
				if (what === "packed") await packLanes(store, never);
				else if (what === "started") forgetRead(store);
				else store.prepare(changes[what]).run({ laneId, n });
				bringUpToDate(store);
				const [packOf, rowsOf] = [packReader(store), madeRowsReader(store)];
				const read = laneRowsReader(store);
				for (const each of laneIds) {
					const [pack, rows] = [packOf(each), rowsOf(each)];
					if (pack) expect(pack).toEqual(rows);
					if (pack) packsSeen += 1;
					expect(read(each)).toEqual(rows);
				}
			}
			const { total } = readHistory(store, asked, everySite, to);
			const slow = slowHistory(store, asked, { by: "lane", timeZone, now: to }).total;
			expect([total.occupiedMs, total.freeMs, total.unknownMs, total.alerts, total.falseAlarms]).toEqual([
				...[slow.occupiedMs, slow.freeMs, slow.unknownMs, slow.alerts, slow.falseAlarms],
			]);
		}),
		{ numRuns: 60 },
	);
	expect(packsSeen).toBeGreaterThan(50);
});

test("`keepclear check` notices a pack that holds something else", async () => {
	const { store } = server.parts;
	await packLanes(store, never);
	const broken = () => [...brokenHistory(store)].join();
	expect(broken()).not.toContain("its pack is not");
	store.prepare("UPDATE lane_packs SET hours = '[]' WHERE lane_id = 'lane-2'").run();
	expect(broken()).toContain("history of lane lane-2: its pack is not what its hours and figures are");
});

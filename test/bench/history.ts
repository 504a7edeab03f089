/**
 * How long a year of 500 lanes takes to be told over HTTP, against the same answer from alerts and blind time without what
 * was made of them before. Both in one run, over the same generated year (`fixtures/year`), in turn.
 *
 *     npm run bench:history -- [--lanes 500] [--days 365] [--rounds 20]
 */
import { parseArgs } from "node:util";
import type { HistoryAnswer } from "#contract/history-api.ts";
import { addDays, dayStart } from "#core/history/local-hours.ts";
import { cpuTimeMs } from "#platform/cpu-time.ts";
import { forgetMade, bringUpToDate } from "../../src/server/history/made-rows.ts";
import { buildTestApp } from "../support/server-app.ts";
import { planLane } from "../../fixtures/year/plan-lane.ts";
import { putLane } from "../../fixtures/year/put-lane.ts";
import { fromFactsAlone } from "./history-from-facts.ts";

const { values } = parseArgs({
	options: {
		lanes: { type: "string", default: "500" },
		days: { type: "string", default: "365" },
		rounds: { type: "string", default: "20" },
	},
});
const [lanes, days, rounds] = [Number(values.lanes), Number(values.days), Number(values.rounds)];
const timeZone = "Asia/Shanghai";
const until = dayStart(timeZone, "2026-11-26");
const to = addDays("2026-11-26", -1);
const from = addDays("2026-11-26", -days);

const server = await buildTestApp();
try {
	server.clock.now = until;
	const person = await server.person("anna", "admin");
	const { store } = server.parts;
	fill();
	const count = (table: string) => Number(store.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
	const made = timed(() => {
		forgetMade(store);
		bringUpToDate(store);
	});
	console.log(
		`${lanes} lanes, ${days} days: ${count("alerts")} alerts (${(count("alerts") / lanes / days).toFixed(2)} a lane and day), ` +
			`${count("lane_blind_hours")} hours with blind time; made of them: ${count("lane_hours")} hours, ` +
			`${count("alert_figures")} figures, all anew in ${made.toFixed(0)} ms`,
	);
	const queries = {
		"a year of all lanes": `from=${from}&to=${to}`,
		"a month of all lanes": `from=${addDays(to, -29)}&to=${to}`,
		"a year of one site": `from=${from}&to=${to}&siteId=site-1`,
		"a year of all lanes, evenings": `from=${from}&to=${to}&hour=18,19,20,21`,
		"a year of all lanes, trucks": `from=${from}&to=${to}&label=truck`,
	};
	const row = (name: string, ms: readonly number[], extra = "") =>
		console.log(`${name.padEnd(34)} p50 ${quantile(ms, 0.5)} ms   p95 ${quantile(ms, 0.95)} ms   ${extra}`);
	for (const [name, query] of Object.entries(queries)) {
		const times: number[] = [];
		const cpu: number[] = [];
		let bytes = 0;
		for (let round = 0; round < rounds; round++) {
			const [began, cpuBegan] = [performance.now(), cpuTimeMs()];
			const answer = await person("GET", `/api/history?${query}`);
			times.push(performance.now() - began);
			cpu.push(cpuTimeMs() - cpuBegan);
			if (answer.statusCode !== 200) throw new Error(answer.body);
			bytes = answer.rawPayload.length;
		}
		row(name, times, `CPU p50 ${quantile(cpu, 0.5)} ms   ${(bytes / 1000).toFixed(0)} kB`);
	}
	const base: number[] = [];
	const ours: number[] = [];
	for (let round = 0; round < Math.max(5, rounds / 4); round++) {
		const answer = (await person("GET", `/api/history?from=${from}&to=${to}`)).json<HistoryAnswer>();
		ours.push(timed(() => void 0));
		const began = performance.now();
		const again = (await person("GET", `/api/history?from=${from}&to=${to}`)).json<HistoryAnswer>();
		ours[ours.length - 1] = performance.now() - began;
		base.push(timed(() => same(answer, fromFactsAlone(store, { from, to, timeZone, now: until }), again)));
	}
	row("the same year from facts alone", base, `ours took ${(middle(ours) / middle(base)).toFixed(2)} of it`);
} finally {
	await server.close();
}

/** Fifty sites of ten lanes, each with its camera. */
function fill(): void {
	const { store, feed } = server.parts;
	const period = { from: dayStart(timeZone, from), to: until };
	store.transaction(() => {
		for (let site = 0; site * 10 < lanes; site++) {
			const edge = { siteId: `site-${site + 1}`, edgeId: `edge-${site + 1}` };
			server.edge(edge.edgeId, edge.siteId);
			for (let n = site * 10; n < Math.min(lanes, site * 10 + 10); n++) {
				const [laneId, cameraId] = [`lane-${n + 1}`, `camera-${n + 1}`];
				store
					.prepare(
						`INSERT INTO cameras (id, edge_id, name, url, transport, sample_every_ms, created_at)
						VALUES (?, ?, ?, 'rtsp://127.0.0.1/', 'tcp', 1000, ?)`,
					)
					.run(cameraId, edge.edgeId, cameraId, period.from);
				store
					.prepare("INSERT INTO lanes (id, site_id, name, kind) VALUES (?, ?, ?, 'fire_lane')")
					.run(laneId, edge.siteId, laneId);
				store
					.prepare(
						`INSERT INTO zones (id, camera_id, lane_id, name, kind, polygon, position)
						VALUES (?, ?, ?, ?, 'fire_lane', '[[0,0],[1,0],[1,1]]', 0)`,
					)
					.run(laneId, cameraId, laneId, laneId);
				putLane(
					{ store, feed },
					{ edge, laneId, cameraId },
					planLane({ laneId, seed: n + 1, timeZone, ...period }),
					period,
				);
			}
		}
	})();
}

/** The baseline must come to the same, else it measures something else. */
function same(
	answer: HistoryAnswer,
	facts: { occupiedMs: number; freeMs: number; unknownMs: number; alerts: number },
	again: HistoryAnswer,
) {
	for (const { total } of [answer, again]) {
		if (
			total.occupiedMs !== facts.occupiedMs ||
			total.freeMs !== facts.freeMs ||
			total.unknownMs !== facts.unknownMs ||
			total.alerts !== facts.alerts
		)
			throw new Error(`differs: ${JSON.stringify(facts)} is not ${JSON.stringify(total)}`);
	}
}

function timed(work: () => unknown): number {
	const began = performance.now();
	work();
	return performance.now() - began;
}

function quantile(ms: readonly number[], share: number): string {
	const inOrder = [...ms].sort((a, b) => a - b);
	return (inOrder[Math.max(0, Math.ceil(share * inOrder.length) - 1)] ?? 0).toFixed(0);
}
function middle(ms: readonly number[]): number {
	return [...ms].sort((a, b) => a - b)[Math.floor(ms.length / 2)] ?? Number.NaN;
}

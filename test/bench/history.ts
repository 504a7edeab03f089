/**
 * How long a year of 500 lanes takes to be told over HTTP, against the same answer from alerts and blind time without what
 * was made of them before. Both in one run, over the same generated year (`fixtures/year`), in turn.
 *
 *     npm run bench:history -- [--lanes 500] [--days 365] [--rounds 20]
 */
import { parseArgs } from "node:util";
import type { HistoryAnswer } from "#contract/history-api.ts";
import { addDays, dayStart } from "#core/calendar/days.ts";
import { ownCpuTimeMs } from "#platform/cpu-time.ts";
import { packLanes } from "../../src/server/history/lane-packs.ts";
import { forgetRead } from "../../src/server/history/lane-rows.ts";
import { bringUpToDate, forgetMade } from "../../src/server/history/made-rows.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { buildTestApp } from "../support/server-app.ts";
import { fillWithLanes } from "../support/year-of-lanes.ts";
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
	fillWithLanes(server, { lanes, lanesPerSite: 10, timeZone, from: dayStart(timeZone, from), to: until });
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
	const year = `from=${from}&to=${to}`;
	const queries = {
		"a year of all lanes": `?${year}`,
		"… the 24 worst lanes": `/lines?${year}&by=lane&most=24`,
		"… all lanes": `/lines?${year}&by=lane`,
		"… hours of the day": `/lines?${year}&by=hour`,
		"… classes": `/lines?${year}&by=label`,
		"… the year before": `/compare?${year}`,
		"a month of all lanes": `?from=${addDays(to, -29)}&to=${to}`,
		"a year of one site": `?${year}&siteId=site-1`,
		"a year of all lanes, evenings": `?${year}&hour=18,19,20,21`,
		"a year of all lanes, trucks": `?${year}&label=truck`,
	};
	const row = (name: string, ms: readonly number[], extra = "") =>
		console.log(`${name.padEnd(34)} p50 ${quantile(ms, 0.5)} ms   p95 ${quantile(ms, 0.95)} ms   ${extra}`);
	forgetRead(store);
	await ask("the first after an upgrade", queries["a year of all lanes"], 1);
	const packed = performance.now();
	await packLanes(store, new AbortController().signal);
	console.log(`all lanes packed in ${(performance.now() - packed).toFixed(0)} ms, between other work`);
	await ask("the first after a start", queries["a year of all lanes"], 5, () => forgetRead(store));
	for (const [name, query] of Object.entries(queries)) await ask(name, query, rounds);
	await ask("a year, 25 lanes told of between", queries["a year of all lanes"], rounds, tellOfSome);

	/** `before` is what happens between two questions; it is not measured. */
	async function ask(name: string, query: string, times: number, before?: (round: number) => void): Promise<void> {
		const [took, cpu]: [number[], number[]] = [[], []];
		let bytes = 0;
		for (let round = 0; round < times; round++) {
			before?.(round);
			const [began, cpuBegan] = [performance.now(), ownCpuTimeMs()];
			const answer = await person("GET", `/api/history${query}`);
			took.push(performance.now() - began);
			cpu.push(ownCpuTimeMs() - cpuBegan);
			if (answer.statusCode !== 200) throw new Error(answer.body);
			bytes = answer.rawPayload.length;
		}
		const cpuText = `CPU p50 ${quantile(cpu, 0.5)} p95 ${quantile(cpu, 0.95)} ms`;
		row(name, took, `${cpuText}   ${(bytes / 1000).toFixed(0)} kB`);
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

/** Something stands in 25 lanes, and their edges go on telling: what was made of their last hours is due each time. */
function tellOfSome(round: number): void {
	const { store, feed } = server.parts;
	for (let n = 1; n <= Math.min(25, lanes); n++) {
		const site = Math.floor((n - 1) / 10) + 1;
		const [laneId, at] = [`lane-${n}`, until + (round + 1) * 1000];
		const base = { v: 1, laneId, cameraId: `camera-${n}`, at };
		const alert = {
			id: `${laneId}-now.raised`,
			alertId: `${laneId}-now`,
			kind: "raised",
			cause: "vehicle",
			label: "car",
		};
		const entered = { enteredAt: until - 90_000, raisedAt: until - 60_000, confidence: 0.9, box: [0.1, 0.1, 0.5, 0.5] };
		const edge = { siteId: `site-${site}`, edgeId: `edge-${site}` };
		applyMessage(store, feed, edge, "alert", { ...base, ...alert, ...entered } as never, at);
		const told = { state: "occupied", reason: null, since: until - 60_000, alertId: `${laneId}-now`, blindMs: 0 };
		const watch = { watchedSince: dayStart(timeZone, from) };
		applyMessage(store, feed, edge, "laneState", { ...base, ...told, ...watch } as never, at);
	}
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

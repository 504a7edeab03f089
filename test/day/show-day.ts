import { clock, type DayVerdict } from "./judge-day.ts";
import type { DayPlan } from "./plan-day.ts";
import type { PlayedDay } from "./play-day.ts";

/** The verdict on a day as a page for people. */
export function showDay(plan: DayPlan, played: PlayedDay, verdict: DayVerdict): string {
	const kinds = new Map<string, number>();
	for (const { name } of plan.pieces) kinds.set(name, (kinds.get(name) ?? 0) + 1);
	const rows: [string, string][] = [
		["day", `${plan.lastsMs / 3_600_000} h, seed ${plan.seed}, played in ${(played.wallMs / 1000).toFixed(0)} s`],
		...[...kinds].map(([name, times]): [string, string] => [`  ${name}`, String(times)]),
		["killed", `${plan.kills.length} times; most looks lost at one: ${verdict.mostLooksLost}`],
		[
			"stream gaps",
			`${plan.gaps.length}, ${plan.gaps.map((gap) => ((gap.toAt - gap.fromAt) / 1000).toFixed(0)).join(" ")} s`,
		],
		["stays", `${verdict.told.length}, lost ${verdict.lost.length}, false ${verdict.falseAlerts.length}`],
		["alerts per stay", verdict.alertsPerStay.toFixed(2)],
		["start error", `mean ${seconds(verdict.startError.mean)}, largest ${seconds(verdict.startError.most)}`],
		["end error", `mean ${seconds(verdict.endError.mean)}, largest ${seconds(verdict.endError.most)}`],
		["blind time", `${seconds(verdict.blindTrueMs)}, told ${seconds(verdict.blindToldMs)}`],
		["  worst stretch", worst(verdict)],
	];
	const width = Math.max(...rows.map(([name]) => name.length)) + 2;
	const table = rows.map(([name, value]) => name.padEnd(width) + value).join("\n");
	const end =
		verdict.broken.length === 0 ? "every promise kept" : verdict.broken.map((line) => `BROKEN  ${line}`).join("\n");
	return `${table}\n${end}`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function worst({ worstBlind: stretch }: DayVerdict): string {
	if (!stretch) return "none";
	const { why, fromAt, toAt, toldMs } = stretch;
	return `${seconds(toAt - fromAt)}, told ${seconds(toldMs)} (${why}, ${clock(fromAt)})`;
}

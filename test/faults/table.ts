import type { FaultResult } from "./fault.ts";

export function rowOf({ name, stays, lost, twice, startOffMs, toldMs, recoveredMs, whole }: FaultResult): string {
	const times = [seconds(startOffMs), seconds(toldMs), seconds(recoveredMs)];
	return `| ${[name, stays, lost, twice, ...times, `${whole}/${stays}`].join(" | ")} |`;
}

export function table(rows: readonly FaultResult[]): string {
	const head =
		"| fault | stays | lost | twice | start off by, s | told unknown after, s | recovered after, s | evidence whole |";
	return [head, "|---|---|---|---|---|---|---|---|", ...rows.map(rowOf)].join("\n");
}

function seconds(ms: number | null): string {
	if (ms === null) return "–";
	return Number.isNaN(ms) ? "never" : (ms / 1000).toFixed(1);
}

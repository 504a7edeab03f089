import { clock } from "./clock.ts";
import type { ReplayReport } from "./report.ts";
import { showTable } from "./show-table.ts";

/** For people; `--json` is for programs. */
export function showReport({ video, durationMs, zones, stats }: ReplayReport): string {
	const rows = zones.flatMap(({ id, occupancies }) =>
		occupancies.length === 0
			? [[id, "never occupied", "", "", "", ""]]
			: occupancies.map(({ enteredAtMs, raisedAtMs, clearedAtMs, label, confidence, plate }) => [
					id,
					clock(enteredAtMs),
					clock(raisedAtMs),
					clearedAtMs === null ? "still there" : clock(clearedAtMs),
					plate === null ? label : `${label} ${plate}`,
					confidence.toFixed(2),
				]),
	);
	const { framesInferred, cpuMs, wallMs } = stats;
	const cost = `${framesInferred} looks, ${seconds(cpuMs)} s of CPU time, ${seconds(wallMs)} s`;
	return [
		`${video}: ${clock(durationMs)} (${cost})`,
		"",
		showTable(["zone", "entered", "raised", "cleared", "what", "confidence"], rows),
	].join("\n");
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

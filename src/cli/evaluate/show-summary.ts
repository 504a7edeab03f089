import { showTable } from "../replay/show-table.ts";
import type { ClipScore } from "./score.ts";
import type { CauseSummary, Summary } from "./summary.ts";

/** For people; `--json` is for programs. */
export function showSummary(summary: Summary): string {
	const { vehicle, object, causeWrong, alertsPerStay, startErrorMeanS, endErrorMeanS, hours } = summary;
	return [
		showTable(["clip", "zone", "truth (s)", "reported (s)", "alerts"], summary.clips.flatMap(rowsOf)),
		"",
		`vehicles: ${counts(vehicle)}`,
		`goods:    ${counts(object)}`,
		`found under the other cause: ${causeWrong}`,
		`alerts per stay: ${shown(alertsPerStay)}; mean error at the start ${shown(startErrorMeanS)} s, at the end ${shown(endErrorMeanS)} s`,
		`scored: ${hours.toFixed(2)} h`,
	].join("\n");
}

function rowsOf({ file, scored, stretches, falseAlerts }: ClipScore): string[][] {
	const name = scored ? file : `${file} (not scored)`;
	const rows = stretches.map(({ expected, found, alerts, causeWrong }) => [
		name,
		expected.polygon,
		`${expected.cause} ${expected.startS.toFixed(1)} to ${expected.endS.toFixed(1)}`,
		found
			? `${span(found.enteredAtMs, found.clearedAtMs)} ${found.label}${causeWrong ? " (other cause)" : ""}`
			: "missed",
		String(alerts),
	]);
	const wrong = falseAlerts.map(({ polygon, enteredAtMs, clearedAtMs, label }) => [
		name,
		polygon,
		"nothing",
		`${span(enteredAtMs, clearedAtMs)} ${label}: false`,
		"1",
	]);
	return rows.length + wrong.length > 0 ? [...rows, ...wrong] : [[name, "", "nothing", "nothing", "0"]];
}

function span(fromMs: number, toMs: number | null): string {
	return `${(fromMs / 1000).toFixed(1)} to ${toMs === null ? "the end" : (toMs / 1000).toFixed(1)}`;
}

function counts({ expected, found, false: wrong, precision, recall, f1 }: CauseSummary): string {
	return `${found} of ${expected} found, ${wrong} false; precision ${shown(precision)}, recall ${shown(recall)}, F1 ${shown(f1)}`;
}

const shown = (value: number | null) => (value === null ? "-" : value.toFixed(2));

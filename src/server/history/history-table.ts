import type { HistoryAlert, HistoryGrouping, HistoryLine, HistoryTableQuery } from "#contract/history-api.ts";
import { wallTime } from "#core/evidence/written-time.ts";
import { offsetMs } from "#core/policy/local-time.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { type TableCell, writeCsv } from "#platform/csv.ts";
import { listHistoryAlerts } from "./history-alerts.ts";
import { linesInPlace } from "./read-history.ts";
import { tableWords } from "./table-words.ts";
import { type ColumnKind, writeXlsx } from "./xlsx.ts";

export interface SavedTable {
	readonly name: string;
	readonly contentType: string;
	readonly content: Buffer;
}

interface Table {
	readonly kinds: readonly ColumnKind[];
	/** The head first. */
	readonly rows: readonly (readonly TableCell[])[];
}

/** More alerts than that in one table are not written: a narrower time must be chosen. */
export const mostTableRows = 100_000;

export async function saveTable(
	store: Store,
	query: HistoryTableQuery,
	sites: VisibleSites,
	now: number,
): Promise<SavedTable> {
	const { of, format, language, from, to } = query;
	const table = of === "alert" ? alertTable(store, query, sites) : groupTable(store, query, of, sites, now);
	const name = `keepclear-${of}-${from}-${to}.${format}`;
	const timeZone = siteTimeZone(store);
	if (format === "csv") {
		const rows = table.rows.map((row, index) => (index === 0 ? row : timesAsText(row, table.kinds, timeZone)));
		return { name, contentType: "text/csv; charset=utf-8", content: Buffer.from(writeCsv(rows), "utf8") };
	}
	const sheet = tableWords[language].of[of];
	const content = await writeXlsx(sheet, table.kinds, table.rows, (at) => offsetMs(timeZone, at));
	return { name, contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", content };
}

function groupTable(
	store: Store,
	query: HistoryTableQuery,
	of: HistoryGrouping,
	sites: VisibleSites,
	now: number,
): Table {
	const words = tableWords[query.language];
	const lines = linesInPlace(store, { ...query, by: of }, sites, now);
	return {
		kinds: [
			...(["text", "minutes", "minutes", "minutes", "share", "count", "count", "count", "share"] as const),
			...(["minutes", "minutes", "minutes", "minutes", "minutes"] as const),
		],
		rows: [
			[words.of[of], ...Object.values(words.columns)],
			...lines.map((line) => rowOf(line, nameOf(line, of, query))),
		],
	};
}

function rowOf(line: HistoryLine, name: string): TableCell[] {
	const { freeMs, occupiedMs, unknownMs, alerts, falseAlarms, exempt, acknowledge, clear, longest } = line;
	return [
		...[name, minutes(freeMs), minutes(occupiedMs), minutes(unknownMs), share(line.availability)],
		...[alerts, falseAlarms, exempt, share(line.falseAlarmRate)],
		...[minutes(acknowledge.medianMs), minutes(acknowledge.p90Ms), minutes(clear.medianMs), minutes(clear.p90Ms)],
		minutes(longest?.ms ?? null),
	];
}

function nameOf({ key, name }: HistoryLine, of: HistoryGrouping, { language }: HistoryTableQuery): string {
	const words = tableWords[language];
	switch (of) {
		case "weekday":
			return words.weekdays[Number(key) - 1] ?? key;
		case "hour":
			return `${key.padStart(2, "0")}:00`;
		case "label":
			return words.labels[key] ?? key;
		case "cause":
			return words.causes[key] ?? key;
		default:
			return name;
	}
}

function alertTable(store: Store, query: HistoryTableQuery, sites: VisibleSites): Table {
	const words = tableWords[query.language];
	const { alerts } = listHistoryAlerts(store, { ...query, which: "entered", limit: mostTableRows }, sites);
	const rowOfAlert = (alert: HistoryAlert): TableCell[] => [
		...[alert.id, alert.siteId, alert.laneName, words.labels[alert.label] ?? alert.label],
		...[words.causes[alert.cause] ?? alert.cause, words.judgements[alert.judgement]],
		...[alert.enteredAt, alert.raisedAt, alert.clearedAt, minutes(alert.acknowledgeMs), minutes(alert.clearMs)],
	];
	return {
		kinds: ["text", "text", "text", "text", "text", "text", "time", "time", "time", "minutes", "minutes"],
		rows: [Object.values(words.alert), ...alerts.map(rowOfAlert)],
	};
}

function timesAsText(row: readonly TableCell[], kinds: readonly ColumnKind[], timeZone: string): readonly TableCell[] {
	return row.map((cell, column) =>
		kinds[column] === "time" && typeof cell === "number" ? wallTime(timeZone, cell) : cell,
	);
}

const minutes = (ms: number | null) => (ms === null ? null : Math.round(ms / 6000) / 10);
const share = (value: number | null) => (value === null ? null : Math.round(value * 10_000) / 10_000);

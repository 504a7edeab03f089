import type {
	CompareAnswer,
	HistoryAnswer,
	HistoryGrouping,
	HistoryLine,
	HistoryLinesAnswer,
	HistoryLinesQuery,
	HistoryQuery,
} from "#contract/history-api.ts";
import { periodsToCompare } from "#core/history/periods.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { type Line, lineFigures } from "./alert-sums.ts";
import { filterOf } from "./history-filter.ts";
import { listHistoryLanes } from "./history-lanes.ts";
import { bringUpToDate } from "./made-rows.ts";
import { sumUp } from "./sum-up.ts";

/** @throws ApiError 400 for a filter that nothing can fit */
export function readHistory(store: Store, query: HistoryQuery, sites: VisibleSites, now: number): HistoryAnswer {
	const { timeZone, whole, lanes, sums } = read(store, query, null, sites, now);
	const { from, to } = query;
	return {
		...{ from, to, timeZone, now, lanes },
		total: sums.total.alerts.figures(sums.total.time, whole),
		cells: sums.cells.map((cell, index) => ({ weekday: Math.floor(index / 24) + 1, hour: index % 24, ...cell })),
	};
}

/** The same of the time before, and of a year ago. */
export function compareHistory(store: Store, query: HistoryQuery, sites: VisibleSites, now: number): CompareAnswer {
	const { before, lastYear } = periodsToCompare(query);
	const totalOf = (period: { from: string; to: string }) => ({
		...period,
		total: readHistory(store, { ...query, ...period }, sites, now).total,
	});
	return { before: totalOf(before), lastYear: totalOf(lastYear) };
}

/** Only of the lines that are answered are response times ranked. */
export function readLines(
	store: Store,
	query: HistoryLinesQuery,
	sites: VisibleSites,
	now: number,
): HistoryLinesAnswer {
	const { whole, sums } = read(store, query, query.by, sites, now);
	const lines = inOrder(sums.lines, query.by);
	return {
		lines: lines.slice(0, query.most ?? lines.length).map((line) => lineFigures(line, ofWhole(query.by, whole))),
		linesInAll: lines.length,
	};
}

/** All lines as a table has them: days from the first to the last, lanes by site and name. */
export function linesInPlace(
	store: Store,
	query: HistoryLinesQuery,
	sites: VisibleSites,
	now: number,
): readonly HistoryLine[] {
	const { whole, sums } = read(store, query, query.by, sites, now);
	return sums.lines.map((line) => lineFigures(line, ofWhole(query.by, whole)));
}

function read(store: Store, query: HistoryQuery, by: HistoryGrouping | null, sites: VisibleSites, now: number) {
	const timeZone = siteTimeZone(store);
	const filter = filterOf(query, timeZone);
	bringUpToDate(store);
	return store.transaction(() => {
		const lanes = listHistoryLanes(store, query, sites);
		return { timeZone, whole: filter.whole, lanes: lanes.length, sums: sumUp(store, lanes, filter, by, now) };
	})();
}

/** Of a class or a cause nobody can say how much was free of it. */
const ofWhole = (by: HistoryGrouping, whole: boolean) => whole && by !== "label" && by !== "cause";

function inOrder(lines: readonly Line[], by: HistoryGrouping): readonly Line[] {
	if (by === "weekday" || by === "hour") return lines;
	if (by === "day") return lines.toReversed();
	return lines.toSorted((a, b) => b.time.occupiedMs - a.time.occupiedMs || b.alerts.alerts - a.alerts.alerts);
}

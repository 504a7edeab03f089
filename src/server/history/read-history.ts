import type { CompareAnswer, HistoryAnswer, HistoryQuery } from "#contract/history-api.ts";
import { noTime } from "#core/history/figures.ts";
import { periodsToCompare } from "#core/history/periods.ts";
import { occupiedStretches } from "#core/history/roll-up.ts";
import { common, type Stretch } from "#core/history/stretches.ts";
import { Tally } from "#core/history/tally.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { addTime, AlertSum, type Line, Lines } from "./alert-sums.ts";
import { filterOf, type HistoryFilter, hourIn } from "./history-filter.ts";
import { watchedReader } from "./history-facts.ts";
import { type HistoryLane, listHistoryLanes } from "./history-lanes.ts";
import { type AlertRow, alertsWithin, hoursWithin, laneRowsReader } from "./lane-rows.ts";
import { bringUpToDate } from "./made-rows.ts";

/** @throws ApiError 400 for a filter that nothing can fit */
export function readHistory(store: Store, query: HistoryQuery, sites: VisibleSites, now: number): HistoryAnswer {
	const timeZone = siteTimeZone(store);
	const filter = filterOf(query, timeZone);
	bringUpToDate(store);
	return store.transaction(() => {
		const lanes = listHistoryLanes(store, query, sites);
		return { from: query.from, to: query.to, timeZone, now, lanes: lanes.length, ...sumUp(store, lanes, filter, now) };
	})();
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

type Sums = Pick<HistoryAnswer, "total" | "cells" | "by">;

/** Each lane is read once: its hours, then its alerts. What an alert adds to several lines is added where they meet. */
function sumUp(store: Store, lanes: readonly HistoryLane[], filter: HistoryFilter, now: number): Sums {
	const { hours, counts, whole, isOfKind, period } = filter;
	const tally = new Tally(hours, counts);
	const by = groupings();
	const cells = Array.from({ length: 168 }, () => new AlertSum());
	for (const day of tally.days.keys()) by.day.line(day);
	const [rowsOf, watchedOf] = [laneRowsReader(store), watchedReader(store)];
	for (const lane of lanes) {
		const rows = rowsOf(lane.id);
		const life = lifeIn(period, lane, now);
		const watched = common(watchedOf(lane.id), [life]);
		const standing = rows.alerts.filter((alert) => stoodThere(alert, life) && isOfKind(alert));
		const stood = whole ? undefined : occupiedStretches(standing, watched);
		const ofLane = by.lane.line(lane.id, lane.name);
		addTime(ofLane.time, tally.add({ life, watched, hours: hoursWithin(rows.hours, period), stood }));
		for (const [lines, those] of [...byKind(by.label, standing, "label"), ...byKind(by.cause, standing, "cause")])
			lines.time.occupiedMs += tally.askedMs(occupiedStretches(those, watched));
		const knownUntil = watched.at(-1)?.to ?? life.from;
		for (const alert of alertsWithin(rows.alerts, period)) {
			if (!isOfKind(alert)) continue;
			const hour = hourIn(hours, alert.enteredAt);
			if (!hour || !counts(hour)) continue;
			const stoodMs = Math.max(0, (alert.clearedAt ?? knownUntil) - alert.enteredAt);
			ofLane.alerts.add(alert, stoodMs);
			cells[(hour.weekday - 1) * 24 + hour.hour]?.add(alert, stoodMs);
			by.day.line(hour.day).alerts.add(alert, stoodMs);
			by.label.line(alert.label).alerts.add(alert, stoodMs);
			by.cause.line(alert.cause).alerts.add(alert, stoodMs);
		}
		addToPlaces(by, lane, ofLane);
	}
	spread(tally, by, cells);
	const total = new AlertSum();
	for (const each of cells) total.addAll(each);
	return {
		total: total.figures(sumOfCells(tally), whole),
		cells: cells.map(({ alerts }, index) => ({ ...cellAt(index), ...(tally.cells[index] ?? noTime()), alerts })),
		by: answers(by, whole),
	};
}

function addToPlaces(by: Groupings, { siteId, siteName, streetId, streetName }: HistoryLane, lane: Line): void {
	const places = [by.site.line(siteId, siteName)];
	if (streetId !== null) places.push(by.street.line(streetId, streetName ?? streetId));
	for (const { time, alerts } of places) {
		addTime(time, lane.time);
		alerts.addAll(lane.alerts);
	}
}

const cellAt = (index: number) => ({ weekday: Math.floor(index / 24) + 1, hour: index % 24 });

const stoodThere = ({ judgement, enteredAt, clearedAt }: AlertRow, { from, to }: Stretch) =>
	judgement === "counts" && enteredAt < to && (clearedAt === null || clearedAt > from);

function byKind(lines: Lines, alerts: readonly AlertRow[], what: "label" | "cause") {
	const kinds = new Map<string, AlertRow[]>();
	for (const alert of alerts) {
		const those = kinds.get(alert[what]);
		if (those) those.push(alert);
		else kinds.set(alert[what], [alert]);
	}
	return [...kinds].map(([key, those]) => [lines.line(key), those] as const);
}

function groupings() {
	const by = {
		...{ lane: new Lines(), site: new Lines(), street: new Lines(), day: new Lines() },
		...{ weekday: new Lines(), hour: new Lines(), label: new Lines(), cause: new Lines() },
	};
	for (let weekday = 1; weekday <= 7; weekday++) by.weekday.line(String(weekday));
	for (let hour = 0; hour < 24; hour++) by.hour.line(String(hour));
	return by;
}
type Groupings = ReturnType<typeof groupings>;

/** Puts days, weekdays and hours together of what each hour of the week has. */
function spread(tally: Tally, by: Groupings, cells: readonly AlertSum[]): void {
	for (const [day, time] of tally.days) addTime(by.day.line(day).time, time);
	for (const [index, alerts] of cells.entries()) {
		const { weekday, hour } = cellAt(index);
		for (const line of [by.weekday.line(String(weekday)), by.hour.line(String(hour))]) {
			addTime(line.time, tally.cells[index] ?? noTime());
			line.alerts.addAll(alerts);
		}
	}
}

function sumOfCells({ cells }: Tally) {
	const sum = { occupiedMs: 0, freeMs: 0, unknownMs: 0 };
	for (const cell of cells) addTime(sum, cell);
	return sum;
}

/** Of a class or a cause nobody can say how much was free of it. */
function answers(by: Groupings, whole: boolean): HistoryAnswer["by"] {
	const { lane, site, street, day, weekday, hour, label, cause } = by;
	return {
		...{ lane: lane.answer(whole), site: site.answer(whole), street: street.answer(whole), day: day.answer(whole) },
		...{
			weekday: weekday.answer(whole),
			hour: hour.answer(whole),
			label: label.answer(false),
			cause: cause.answer(false),
		},
	};
}

/** What of the period there was something to watch in: not before the lane was, not after it, not in the future. */
export function lifeIn({ from, to }: Stretch, { livedFrom, removedAt }: HistoryLane, now: number): Stretch {
	return { from: Math.max(from, livedFrom ?? now), to: Math.min(to, removedAt ?? now, now) };
}

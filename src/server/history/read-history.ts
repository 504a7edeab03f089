import type { CompareAnswer, HistoryAnswer, HistoryQuery } from "#contract/history-api.ts";
import { periodsToCompare } from "#core/history/periods.ts";
import { occupiedStretches } from "#core/history/roll-up.ts";
import { common, type Stretch } from "#core/history/stretches.ts";
import { Tally } from "#core/history/tally.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { Store } from "../store/open-store.ts";
import { addTime, AlertSum, Lines } from "./alert-sums.ts";
import { filterOf, type HistoryFilter, hourIn } from "./history-filter.ts";
import { watchedReader } from "./history-facts.ts";
import { type HistoryLane, listHistoryLanes } from "./history-lanes.ts";
import { type AlertRow, alertsWithin, hoursWithin, laneRowsReader } from "./lane-rows.ts";
import { bringUpToDate } from "./made-rows.ts";

/** @throws ApiError 400 for a filter that nothing can fit */
export function readHistory(store: Store, query: HistoryQuery, now: number): HistoryAnswer {
	const timeZone = siteTimeZone(store);
	const filter = filterOf(query, timeZone);
	bringUpToDate(store);
	return store.transaction(() => {
		const lanes = listHistoryLanes(store, query);
		return { from: query.from, to: query.to, timeZone, now, lanes: lanes.length, ...sumUp(store, lanes, filter, now) };
	})();
}

/** The same of the time before, and of a year ago. */
export function compareHistory(store: Store, query: HistoryQuery, now: number): CompareAnswer {
	const { before, lastYear } = periodsToCompare(query);
	const totalOf = (period: { from: string; to: string }) => ({
		...period,
		total: readHistory(store, { ...query, ...period }, now).total,
	});
	return { before: totalOf(before), lastYear: totalOf(lastYear) };
}

type Sums = Pick<HistoryAnswer, "total" | "cells" | "by">;

/** Each lane is read once: its hours, then its alerts. */
function sumUp(store: Store, lanes: readonly HistoryLane[], filter: HistoryFilter, now: number): Sums {
	const { hours, counts, whole, isOfKind, period } = filter;
	const tally = new Tally(hours, counts);
	const by = groupings();
	const total = new AlertSum();
	const cellAlerts = new Array<number>(168).fill(0);
	for (const day of tally.days.keys()) by.day.line(day);
	const [rowsOf, watchedOf] = [laneRowsReader(store), watchedReader(store)];
	for (const lane of lanes) {
		const rows = rowsOf(lane.id);
		const life = lifeIn(period, lane, now);
		const watched = common(watchedOf(lane.id), [life]);
		const standing = rows.alerts.filter((alert) => stoodThere(alert, life) && isOfKind(alert));
		const stood = whole ? undefined : occupiedStretches(standing, watched);
		const time = tally.add({ life, watched, hours: hoursWithin(rows.hours, period), stood });
		const knownUntil = watched.at(-1)?.to ?? life.from;
		const places = [by.lane.line(lane.id, lane.name), by.site.line(lane.siteId, lane.siteName)];
		if (lane.streetId !== null) places.push(by.street.line(lane.streetId, lane.streetName ?? lane.streetId));
		for (const { time: sum } of places) addTime(sum, time);
		for (const [lines, those] of [...byKind(by.label, standing, "label"), ...byKind(by.cause, standing, "cause")])
			lines.time.occupiedMs += tally.askedMs(occupiedStretches(those, watched));
		for (const { enteredAt, clearedAt, cause, label, ...rest } of alertsWithin(rows.alerts, period)) {
			if (!isOfKind({ cause, label })) continue;
			const hour = hourIn(hours, enteredAt);
			if (!hour || !counts(hour)) continue;
			const alert = { ...rest, stoodMs: Math.max(0, (clearedAt ?? Math.max(knownUntil, enteredAt)) - enteredAt) };
			const cell = (hour.weekday - 1) * 24 + hour.hour;
			cellAlerts[cell] = (cellAlerts[cell] ?? 0) + 1;
			total.add(alert);
			for (const { alerts } of places) alerts.add(alert);
			by.day.line(hour.day).alerts.add(alert);
			by.weekday.line(String(hour.weekday)).alerts.add(alert);
			by.hour.line(String(hour.hour)).alerts.add(alert);
			by.label.line(label).alerts.add(alert);
			by.cause.line(cause).alerts.add(alert);
		}
	}
	return { ...spread(tally, by, cellAlerts), total: total.figures(sumOfCells(tally), whole), by: answers(by, whole) };
}

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

/** Puts the tally's time into the lines of days, weekdays and hours. */
function spread(tally: Tally, by: Groupings, cellAlerts: readonly number[]): Pick<Sums, "cells"> {
	for (const [day, time] of tally.days) addTime(by.day.line(day).time, time);
	const cells = tally.cells.map((time, index) => {
		const [weekday, hour] = [Math.floor(index / 24) + 1, index % 24];
		addTime(by.weekday.line(String(weekday)).time, time);
		addTime(by.hour.line(String(hour)).time, time);
		return { weekday, hour, ...time, alerts: cellAlerts[index] ?? 0 };
	});
	return { cells };
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

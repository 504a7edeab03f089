import type { HistoryGrouping } from "#contract/history-api.ts";
import { noTime, type TimeFigures } from "#core/history/figures.ts";
import type { LocalHour } from "#core/history/local-hours.ts";
import { occupiedStretches } from "#core/history/roll-up.ts";
import { common, type Stretch } from "#core/history/stretches.ts";
import { Tally } from "#core/history/tally.ts";
import type { Store } from "../store/open-store.ts";
import { addTime, AlertSum, type Line, Lines } from "./alert-sums.ts";
import { watchedReader } from "./history-facts.ts";
import { type HistoryFilter, hourIn } from "./history-filter.ts";
import type { HistoryLane } from "./history-lanes.ts";
import { alertsWithin, laneRowsReader } from "./lane-rows.ts";
import type { AlertRow } from "./made-rows-reader.ts";

export interface Sums {
	readonly total: { readonly time: TimeFigures; readonly alerts: AlertSum };
	/** Weekday by hour, Monday 0:00 first. */
	readonly cells: readonly (TimeFigures & { readonly alerts: number })[];
	/** In the order of lanes, days, hours; none where no grouping is asked for. */
	readonly lines: readonly Line[];
}

/** Each lane is read once: its hours, then its alerts. One grouping at a time is put together, for one is looked at. */
export function sumUp(
	store: Store,
	lanes: readonly HistoryLane[],
	filter: HistoryFilter,
	by: HistoryGrouping | null,
	now: number,
): Sums {
	const { hours, counts, whole, isOfKind, period } = filter;
	const tally = new Tally(hours, counts);
	const lines = new Lines();
	const total = { time: noTime(), alerts: new AlertSum() };
	const cellAlerts = new Uint32Array(168);
	putTimesInPlace(lines, by, hours);
	const [rowsOf, watchedOf] = [laneRowsReader(store), watchedReader(store)];
	for (const lane of lanes) {
		const rows = rowsOf(lane.id);
		const life = lifeIn(period, lane, now);
		const watched = common(watchedOf(lane.id), [life]);
		const standing =
			whole && by !== "label" && by !== "cause"
				? []
				: rows.alerts.filter((alert) => stoodThere(alert, life) && isOfKind(alert));
		const time = tally.add({
			...{ life, watched, hours: rows.hours },
			stood: whole ? undefined : occupiedStretches(standing, watched),
		});
		addTime(total.time, time);
		const place = placeOf(lines, by, lane);
		if (place) addTime(place.time, time);
		if (by === "label" || by === "cause")
			for (const [key, those] of byKind(standing, by))
				lines.line(key).time.occupiedMs += tally.askedMs(occupiedStretches(those, watched));
		const knownUntil = watched.at(-1)?.to ?? life.from;
		for (const alert of alertsWithin(rows.alerts, period)) {
			if (!isOfKind(alert)) continue;
			const hour = hourIn(filter, alert.enteredAt);
			if (!hour || !counts(hour)) continue;
			const stoodMs = Math.max(0, (alert.clearedAt ?? knownUntil) - alert.enteredAt);
			total.alerts.add(alert, stoodMs);
			const cell = (hour.weekday - 1) * 24 + hour.hour;
			cellAlerts[cell] = (cellAlerts[cell] as number) + 1;
			(place ?? lineOf(lines, by, alert, hour))?.alerts.add(alert, stoodMs);
		}
	}
	const cells = tally.cells().map((time, index) => ({ ...time, alerts: cellAlerts[index] as number }));
	addTimes(lines, by, tally, cells);
	return { total, cells, lines: lines.inPlace() };
}

/** What of the period there was something to watch in: not before the lane was, not after it, not in the future. */
export function lifeIn({ from, to }: Stretch, { livedFrom, removedAt }: HistoryLane, now: number): Stretch {
	return { from: Math.max(from, livedFrom ?? now), to: Math.min(to, removedAt ?? now, now) };
}

/** It counts, and something of its stay lies in the stretch. */
export const stoodThere = ({ judgement, enteredAt, clearedAt }: AlertRow, { from, to }: Stretch) =>
	judgement === "counts" && enteredAt < to && (clearedAt === null || clearedAt > from);

function byKind(alerts: readonly AlertRow[], what: "label" | "cause"): ReadonlyMap<string, readonly AlertRow[]> {
	const kinds = new Map<string, AlertRow[]>();
	for (const alert of alerts) {
		const those = kinds.get(alert[what]);
		if (those) those.push(alert);
		else kinds.set(alert[what], [alert]);
	}
	return kinds;
}

/** Hours, weekdays and days stand there in their order, whether anything was in them or not. */
function putTimesInPlace(lines: Lines, by: HistoryGrouping | null, hours: readonly LocalHour[]): void {
	if (by === "weekday") for (let weekday = 1; weekday <= 7; weekday++) lines.line(String(weekday));
	if (by === "hour") for (let hour = 0; hour < 24; hour++) lines.line(String(hour));
	if (by === "day") for (const { day } of hours) lines.line(day);
}

function placeOf(lines: Lines, by: HistoryGrouping | null, lane: HistoryLane): Line | null {
	if (by === "lane") return lines.line(lane.id, lane.name);
	if (by === "site") return lines.line(lane.siteId, lane.siteName);
	if (by === "street" && lane.streetId !== null) return lines.line(lane.streetId, lane.streetName ?? lane.streetId);
	return null;
}

function lineOf(lines: Lines, by: HistoryGrouping | null, alert: AlertRow, hour: LocalHour): Line | null {
	switch (by) {
		case "day":
			return lines.line(hour.day);
		case "weekday":
		case "hour":
			return lines.line(String(hour[by]));
		case "label":
		case "cause":
			return lines.line(alert[by]);
		default:
			return null;
	}
}

function addTimes(lines: Lines, by: HistoryGrouping | null, tally: Tally, cells: Sums["cells"]): void {
	if (by === "day") for (const [day, time] of tally.days()) addTime(lines.line(day).time, time);
	if (by !== "weekday" && by !== "hour") return;
	for (const [index, time] of cells.entries()) {
		const key = by === "weekday" ? Math.floor(index / 24) + 1 : index % 24;
		addTime(lines.line(String(key)).time, time);
	}
}

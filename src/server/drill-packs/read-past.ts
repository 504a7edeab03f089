import { type PackPast, packPeriods } from "#contract/drill-packs-api.ts";
import { chanceByHour, daysOf, type FreeChance, freeChance, worstHours } from "#core/drill/free-chance.ts";
import { armedStretches, wayHours, type WayLane, weekCells } from "#core/drill/way-hours.ts";
import { noTime, type TimeFigures } from "#core/history/figures.ts";
import { addDays, dayAt, dayStart } from "#core/calendar/days.ts";
import { type LocalHour, localHours } from "#core/history/local-hours.ts";
import { occupiedStretches } from "#core/history/roll-up.ts";
import { common, type Stretch } from "#core/history/stretches.ts";
import { addTime } from "../history/alert-sums.ts";
import { watchedReader } from "../history/history-facts.ts";
import { listHistoryLanes } from "../history/history-lanes.ts";
import { laneRowsReader } from "../history/lane-rows.ts";
import { bringUpToDate } from "../history/made-rows.ts";
import { lifeIn, stoodThere } from "../history/sum-up.ts";
import { listLanes } from "../lanes/lanes-store.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { Store } from "../store/open-store.ts";

const mostDays = Math.max(...packPeriods);
const shownWorstHours = 3;

/** What is known of the lanes of a site over the last 90 days. */
export interface SitePast {
	readonly timeZone: string;
	readonly today: string;
	readonly hours: readonly LocalHour[];
	/** How many alerts that count came to a lane since an instant. */
	readonly alertsSince: (laneId: string, since: number) => number;
	/** Hour by hour, of some lanes as one way. A lane without any history is unknown all the time. */
	readonly times: (laneIds: readonly string[]) => readonly TimeFigures[];
	/** The first instant of the last so many days. */
	readonly since: (days: number) => number;
}

export function readPast(store: Store, siteId: string, now: number): SitePast {
	const timeZone = siteTimeZone(store);
	const today = dayAt(timeZone, now);
	const since = (days: number) => dayStart(timeZone, addDays(today, 1 - days));
	const period = { from: since(mostDays), to: now };
	const hours = localHours(timeZone, period.from, now);
	bringUpToDate(store);
	return store.transaction(() => {
		const lanes = wayLanesOf(store, siteId, { period, hours, timeZone, now });
		const rowsOf = laneRowsReader(store);
		return {
			...{ timeZone, today, hours, since },
			alertsSince: (laneId: string, from: number) =>
				rowsOf(laneId).alerts.filter(({ judgement, enteredAt }) => judgement === "counts" && enteredAt >= from).length,
			times: (laneIds: readonly string[]) =>
				wayHours(
					laneIds.map((laneId) => lanes.get(laneId) ?? unknownLane(period)),
					hours,
					period,
				),
		};
	})();
}

/** What is told of one lane, or of a way, over the last 30 and 90 days. */
export function pastOf({ hours, since }: SitePast, times: readonly TimeFigures[]): PackPast[] {
	return packPeriods.map((days) => {
		const first = hours.findIndex(({ startAt }) => startAt >= since(days));
		const [asked, theirs] = [hours.slice(first), times.slice(first)];
		const byHour = chanceByHour(asked, theirs);
		return {
			...{ days, cells: [...weekCells(asked, theirs)], total: totalOf(theirs), byHour: [...byHour] },
			worstHours: [...worstHours(byHour, shownWorstHours)],
		};
	});
}

/** The chance at hours that are asked for, of the last so many days. */
export function chanceOf(
	{ hours, since }: SitePast,
	times: readonly TimeFigures[],
	days: number,
	counts: (hour: LocalHour) => boolean,
): FreeChance {
	const from = since(days);
	return freeChance(daysOf(hours, times, (hour) => hour.startAt >= from && counts(hour)));
}

interface Asked {
	readonly period: Stretch;
	readonly hours: readonly LocalHour[];
	readonly timeZone: string;
	readonly now: number;
}

function wayLanesOf(
	store: Store,
	siteId: string,
	{ period, hours, timeZone, now }: Asked,
): ReadonlyMap<string, WayLane> {
	const [rowsOf, watchedOf] = [laneRowsReader(store), watchedReader(store)];
	const armedAt = new Map(listLanes(store, [siteId], now).map(({ id, armed }) => [id, armed]));
	return new Map(
		listHistoryLanes(store, { siteId }, [siteId]).map((lane) => {
			const life = lifeIn(period, lane, now);
			const armed = armedAt.get(lane.id);
			// Hours at which nobody looks now are taken for such in the past too: when that was changed is not known.
			const looked = armed ? common(watchedOf(lane.id), armedStretches(armed, hours, timeZone)) : watchedOf(lane.id);
			const watched = common(looked, [life]);
			const { alerts, hours: rows } = rowsOf(lane.id);
			const standing = alerts.filter((alert) => stoodThere(alert, period));
			const blind = blindWithin(rows, period);
			return [lane.id, { life, watched, stood: occupiedStretches(standing, watched), blind }];
		}),
	);
}

/** @param rows start of the hour, occupied ms, blind ms, one hour after the other */
function blindWithin(rows: Float64Array, { from, to }: Stretch): ReadonlyMap<number, number> {
	const blind = new Map<number, number>();
	for (let i = 0; i < rows.length; i += 3) {
		const [hourAt = 0, , blindMs = 0] = rows.subarray(i, i + 3);
		if (hourAt >= from && hourAt < to && blindMs > 0) blind.set(hourAt, blindMs);
	}
	return blind;
}

const unknownLane = (life: Stretch): WayLane => ({ life, watched: [], stood: [], blind: new Map() });

function totalOf(times: readonly TimeFigures[]): TimeFigures {
	const total = noTime();
	for (const time of times) addTime(total, time);
	return total;
}

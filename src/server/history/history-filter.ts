import type { HistoryQuery } from "#contract/history-api.ts";
import { addDays, dayStart, daysBetween } from "#core/calendar/days.ts";
import { HourIndex } from "#core/history/hour-index.ts";
import { type LocalHour, localHours } from "#core/history/local-hours.ts";
import type { Stretch } from "#core/history/stretches.ts";
import { badInput } from "../http/api-error.ts";

const mostDays = 1100;

/** What was asked for, in instants. */
export interface HistoryFilter {
	readonly period: Stretch;
	/** All hours of the period, also those not asked for. */
	readonly hours: readonly LocalHour[];
	readonly index: HourIndex;
	readonly counts: (hour: LocalHour) => boolean;
	/** Whether all that stood there is asked for, of whatever class and cause. */
	readonly whole: boolean;
	readonly isOfKind: (alert: { readonly label: string; readonly cause: string }) => boolean;
}

/** @throws ApiError 400 */
export function filterOf(query: HistoryQuery, timeZone: string): HistoryFilter {
	const { from, to, weekday, hour, label, cause, laneId, siteId, streetId } = query;
	if (to < from) throw badInput({ path: "to", message: `must not be before ${from}` });
	if (daysBetween(from, to) > mostDays)
		throw badInput({ path: "to", message: `at most ${mostDays} days can be asked for` });
	if ([laneId, siteId, streetId].filter((each) => each !== undefined).length > 1)
		throw badInput({ path: "laneId", message: "of lane, site and street one at most can be given" });
	if (label !== undefined && cause !== undefined)
		throw badInput({ path: "label", message: "of class and cause one at most can be given" });
	const period = { from: dayStart(timeZone, from), to: dayStart(timeZone, addDays(to, 1)) };
	const [weekdays, hours] = [numbers(weekday), numbers(hour)];
	return {
		period,
		...hoursOf(timeZone, period),
		counts: (each) => (weekdays?.has(each.weekday) ?? true) && (hours?.has(each.hour) ?? true),
		whole: label === undefined && cause === undefined,
		isOfKind: (alert) => alert.label === (label ?? alert.label) && alert.cause === (cause ?? alert.cause),
	};
}

type Hours = Pick<HistoryFilter, "hours" | "index">;

/** Only remembered: the page asks for the same days again and again. */
const rememberedHours = new Map<string, Hours>();

function hoursOf(timeZone: string, { from, to }: Stretch): Hours {
	const key = `${timeZone} ${from} ${to}`;
	const known = rememberedHours.get(key);
	if (known) return known;
	if (rememberedHours.size >= 8) rememberedHours.clear();
	const hours = localHours(timeZone, from, to);
	const made = { hours, index: new HourIndex(hours) };
	rememberedHours.set(key, made);
	return made;
}

/** The hour of the period in which an instant lies. */
export function hourIn({ hours, index }: Hours, at: number): LocalHour | undefined {
	const hour = hours[index.at(at)];
	return hour && at >= hour.startAt && at < hour.endAt ? hour : undefined;
}

/** Whether a stretch of time lies, with some of it, in an hour that is asked for. */
export function touches({ hours, counts }: HistoryFilter, { from, to }: Stretch): boolean {
	for (let index = firstEndingAfter(hours, from); index < hours.length; index++) {
		const hour = hours[index] as LocalHour;
		if (hour.startAt >= to) return false;
		if (counts(hour)) return true;
	}
	return false;
}

function firstEndingAfter(hours: readonly LocalHour[], at: number): number {
	let [low, high] = [0, hours.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((hours[middle] as LocalHour).endAt > at) high = middle;
		else low = middle + 1;
	}
	return low;
}

const numbers = (text: string | undefined) => (text === undefined ? null : new Set(text.split(",").map(Number)));

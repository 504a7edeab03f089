import { noTime, type TimeFigures } from "../history/figures.ts";
import type { LocalHour } from "../history/local-hours.ts";
import { common, gaps, merged, type Stretch } from "../history/stretches.ts";
import { isWithin } from "../policy/hours-of-day.ts";
import type { HoursOfDay } from "../policy/zone-times.ts";

/** What is known of one lane of a way. */
export interface WayLane {
	/** From when to when it could be watched at all. */
	readonly life: Stretch;
	/** When it was; merged. */
	readonly watched: readonly Stretch[];
	/** When something stood there, as far as it was watched; merged. */
	readonly stood: readonly Stretch[];
	/** Of the watched time what nobody could see, by the start of the hour, ms. */
	readonly blind: ReadonlyMap<number, number>;
}

/**
 * The time of a way hour by hour. A way is free while every lane of it is, and occupied while anything stands in one. Of blind time it is known
 * how much of an hour it took and not which part of it: that of several lanes is taken as if none lay over another, so that
 * too little is called free and never too much.
 *
 * @param hours in order; what lies outside of `period` has no time
 */
export function wayHours(
	lanes: readonly WayLane[],
	hours: readonly LocalHour[],
	period: Stretch,
): readonly TimeFigures[] {
	if (lanes.length === 0) return hours.map((hour) => ({ ...noTime(), unknownMs: lengthIn(hour, period) }));
	const stood = common(merged(lanes.flatMap((lane) => lane.stood)), [period]);
	const seen = lanes
		.map(({ life, watched }) => common(watched, [life]))
		.reduce((both, one) => common(both, one), [period] as readonly Stretch[]);
	const nobodySaw = gaps(period, merged([...seen, ...stood]));
	const [occupied, unseen] = [byHour(stood, hours), byHour(nobodySaw, hours)];
	return hours.map((hour, index) => {
		const wholeMs = lengthIn(hour, period);
		const occupiedMs = occupied[index] ?? 0;
		const blindMs = lanes.reduce((sum, { blind }) => sum + (blind.get(hour.startAt) ?? 0), 0);
		const unknownMs = Math.min(wholeMs - occupiedMs, (unseen[index] ?? 0) + blindMs);
		return { occupiedMs, unknownMs, freeMs: wholeMs - occupiedMs - unknownMs };
	});
}

/** By hour of the week, Monday 0:00 first. */
export function weekCells(hours: readonly LocalHour[], times: readonly TimeFigures[]): readonly TimeFigures[] {
	const cells = Array.from({ length: 168 }, noTime);
	for (const [index, { weekday, hour }] of hours.entries()) {
		const [cell, time] = [cells[(weekday - 1) * 24 + hour], times[index]];
		if (!cell || !time) continue;
		cell.occupiedMs += time.occupiedMs;
		cell.freeMs += time.freeMs;
		cell.unknownMs += time.unknownMs;
	}
	return cells;
}

function byHour(stretches: readonly Stretch[], hours: readonly LocalHour[]): readonly number[] {
	const sums = hours.map(() => 0);
	let first = 0;
	for (const { from, to } of stretches) {
		while (first < hours.length && (hours[first]?.endAt ?? 0) <= from) first += 1;
		for (let index = first; index < hours.length && (hours[index]?.startAt ?? to) < to; index++)
			sums[index] = (sums[index] ?? 0) + lengthIn(hours[index], { from, to });
	}
	return sums;
}

const lengthIn = (hour: LocalHour | undefined, { from, to }: Stretch) =>
	hour ? Math.max(0, Math.min(hour.endAt, to) - Math.max(hour.startAt, from)) : 0;

/** The hours that lie whole within those at which a lane is watched; merged. What stands there at others is told by nobody. */
export const armedStretches = (
	armed: readonly HoursOfDay[],
	hours: readonly LocalHour[],
	timeZone: string,
): readonly Stretch[] =>
	merged(
		hours
			.filter(({ startAt, endAt }) =>
				[startAt, (startAt + endAt) / 2, endAt - 1].every((at) => armed.some((each) => isWithin(each, at, timeZone))),
			)
			.map(({ startAt, endAt }) => ({ from: startAt, to: endAt })),
	);

import { hourStart, localHours } from "./local-hours.ts";
import { common, merged, type Stretch } from "./stretches.ts";

/** An alert that counts as occupied. */
export interface OccupiedAlert {
	readonly enteredAt: number;
	/** Null: it stands there still. */
	readonly clearedAt: number | null;
}

export interface LaneFacts {
	/** When somebody could have known: from the first look of a counter of blind time to the last one told. Merged. */
	readonly watched: readonly Stretch[];
	readonly alerts: readonly OccupiedAlert[];
	/** Of the watched time what nobody could see, by the start of the hour, ms. */
	readonly blind: ReadonlyMap<number, number>;
}

/** Hours of which nothing is to be said have no row. */
export interface LaneHourRow {
	/** The start of the hour, Unix ms. */
	readonly hourAt: number;
	readonly occupiedMs: number;
	readonly blindMs: number;
}

/**
 * What a lane's facts come to by hours of the site, from `from` (the start of an hour) on. Two alerts at once are one
 * occupied minute. Within one hour occupied time goes before blind time, and what both leave is free: should they lie
 * over each other, too little is called free and never too much.
 */
export function rollUp({ watched, alerts, blind }: LaneFacts, timeZone: string, from: number): readonly LaneHourRow[] {
	const since = [{ from, to: Number.MAX_SAFE_INTEGER }];
	const seen = common(watched, since);
	const rows: LaneHourRow[] = [];
	const occupied = occupiedByHour(alerts, seen, timeZone);
	const watchedIn = watchedByHour(seen);
	const blindFrom = new Map<number, number>();
	for (const [at, ms] of blind) {
		if (at < from || ms <= 0) continue;
		const hourAt = hourStart(timeZone, at);
		blindFrom.set(hourAt, (blindFrom.get(hourAt) ?? 0) + ms);
	}
	for (const hourAt of new Set([...occupied.keys(), ...blindFrom.keys()])) {
		const occupiedMs = occupied.get(hourAt) ?? 0;
		const room = watchedIn(hourAt, timeZone) - occupiedMs;
		const blindMs = Math.min(blindFrom.get(hourAt) ?? 0, Math.max(0, room));
		if (occupiedMs + blindMs > 0) rows.push({ hourAt, occupiedMs, blindMs });
	}
	return rows.sort((a, b) => a.hourAt - b.hourAt);
}

/** When something stood there, as far as somebody watched; merged. */
export function occupiedStretches(alerts: readonly OccupiedAlert[], seen: readonly Stretch[]): readonly Stretch[] {
	const stood = alerts.map(({ enteredAt, clearedAt }) => ({
		from: enteredAt,
		to: clearedAt ?? Number.MAX_SAFE_INTEGER,
	}));
	return common(merged(stood), seen);
}

function occupiedByHour(
	alerts: readonly OccupiedAlert[],
	seen: readonly Stretch[],
	timeZone: string,
): ReadonlyMap<number, number> {
	const byHour = new Map<number, number>();
	for (const { from, to } of occupiedStretches(alerts, seen)) {
		for (const { startAt, endAt } of localHours(timeZone, from, to)) {
			const ms = Math.min(endAt, to) - Math.max(startAt, from);
			byHour.set(startAt, (byHour.get(startAt) ?? 0) + ms);
		}
	}
	return byHour;
}

function watchedByHour(seen: readonly Stretch[]): (hourAt: number, timeZone: string) => number {
	return (hourAt, timeZone) => {
		const [hour] = localHours(timeZone, hourAt, hourAt + 1);
		if (!hour) return 0;
		return seen.reduce(
			(sum, { from, to }) => sum + Math.max(0, Math.min(to, hour.endAt) - Math.max(from, hour.startAt)),
			0,
		);
	};
}

import { localHours } from "#core/history/local-hours.ts";
import type { Store } from "../store/open-store.ts";
import { siteTimeZone } from "./site-time-zone.ts";

/** An edge's counter of the time in which a lane was unknown, as it was told at `at`. */
export interface BlindCounter {
	readonly blindMs: number;
	readonly watchedSince: number;
	readonly at: number;
}

export interface BlindGrowth {
	/** What has come to it. */
	readonly ms: number;
	/** When that was. */
	readonly from: number;
	readonly to: number;
	/** What to hold the next one against. */
	readonly counter: BlindCounter;
}

/**
 * What a counter has grown by. One that began anew (another `watchedSince`) counts from its beginning; one of the same
 * beginning that is lower than before lost its last moments in a crash: it counts again once it has caught up. One that
 * has grown by more than the time since the last message takes in, all at once, a stretch that began before that.
 */
export function blindGrowth(known: BlindCounter | null, told: BlindCounter): BlindGrowth {
	if (known?.watchedSince !== told.watchedSince) {
		return { ms: told.blindMs, from: told.watchedSince, to: told.at, counter: told };
	}
	const blindMs = Math.max(known.blindMs, told.blindMs);
	const ms = blindMs - known.blindMs;
	return { ms, from: Math.min(known.at, told.at - ms), to: told.at, counter: { ...told, blindMs } };
}

/** Nobody asks for the hours of a longer stretch one by one; a clock that stood at 1970 would make half a million of them. */
export const longestStretchMs = 400 * 86_400_000;

/** Puts it down by hour and day of the site: each gets its share of the stretch. */
export function putBlindTime(store: Store, laneId: string, { ms, from, to }: Omit<BlindGrowth, "counter">): void {
	if (ms === 0) return;
	const timeZone = siteTimeZone(store);
	const since = Math.max(from, to - longestStretchMs);
	const hours = to > since ? localHours(timeZone, since, to) : localHours(timeZone, to, to + 1);
	const all = Math.max(0, to - since);
	const putHour = store.prepare(
		`INSERT INTO lane_blind_hours (lane_id, hour_at, blind_ms) VALUES (?, ?, ?)
		ON CONFLICT (lane_id, hour_at) DO UPDATE SET blind_ms = blind_ms + excluded.blind_ms`,
	);
	const days = new Map<string, number>();
	let left = all > 0 ? Math.min(ms, all) : ms; // a counter can have grown by more than the time only where a clock was wrong
	for (const [index, { startAt, endAt, day }] of hours.entries()) {
		const part = Math.min(endAt, to) - Math.max(startAt, since);
		const share = index === hours.length - 1 ? left : Math.min(left, Math.round((Math.min(ms, all) * part) / all));
		left -= share;
		if (share > 0) putHour.run(laneId, startAt, share);
		days.set(day, (days.get(day) ?? 0) + share);
	}
	for (const [day, share] of days) {
		store
			.prepare(
				`INSERT INTO lane_blind_days (lane_id, day, blind_ms) VALUES (?, ?, ?)
				ON CONFLICT (lane_id, day) DO UPDATE SET blind_ms = blind_ms + excluded.blind_ms`,
			)
			.run(laneId, day, share);
	}
}

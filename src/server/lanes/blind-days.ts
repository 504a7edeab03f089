import type { Store } from "../store/open-store.ts";
import { localDay, splitByDay } from "./local-days.ts";
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

/** Puts it down by local day; over midnight, each day gets its share of the stretch. */
export function putBlindTime(store: Store, laneId: string, { ms, from, to }: Omit<BlindGrowth, "counter">): void {
	if (ms === 0) return;
	const timeZone = siteTimeZone(store);
	const parts = to > from ? splitByDay(from, to, timeZone) : [{ day: localDay(to, timeZone), ms: 1 }];
	const all = parts.reduce((sum, part) => sum + part.ms, 0);
	let left = ms;
	for (const [index, part] of parts.entries()) {
		const share = index === parts.length - 1 ? left : Math.round((ms * part.ms) / all);
		left -= share;
		store
			.prepare(
				`INSERT INTO lane_blind_days (lane_id, day, blind_ms) VALUES (?, ?, ?)
				ON CONFLICT (lane_id, day) DO UPDATE SET blind_ms = blind_ms + excluded.blind_ms`,
			)
			.run(laneId, part.day, share);
	}
}

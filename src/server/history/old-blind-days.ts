import { dayStart, addDays } from "#core/calendar/days.ts";
import { localHours } from "#core/history/local-hours.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { Store } from "../store/open-store.ts";

/**
 * Blind time of before it was counted by hour is known by day alone: it is laid evenly over that day's hours, so that it is
 * neither lost nor called free. Done once; later it finds nothing to do.
 */
export function spreadOldBlindDays(store: Store): void {
	const timeZone = siteTimeZone(store);
	const rest = store.prepare<[string, number, number], { ms: number }>(
		"SELECT coalesce(sum(blind_ms), 0) AS ms FROM lane_blind_hours WHERE lane_id = ? AND hour_at >= ? AND hour_at < ?",
	);
	const put = store.prepare(
		`INSERT INTO lane_blind_hours (lane_id, hour_at, blind_ms) VALUES (?, ?, ?)
		ON CONFLICT (lane_id, hour_at) DO UPDATE SET blind_ms = blind_ms + excluded.blind_ms`,
	);
	store
		.transaction(() => {
			if (store.prepare("SELECT 1 FROM settings WHERE key = 'blindDaysSpread'").get()) return;
			for (const { laneId, day, blindMs } of store
				.prepare<[], { laneId: string; day: string; blindMs: number }>(
					"SELECT lane_id AS laneId, day, blind_ms AS blindMs FROM lane_blind_days",
				)
				.all()) {
				const [from, to] = [dayStart(timeZone, day), dayStart(timeZone, addDays(day, 1))];
				const hours = localHours(timeZone, from, to);
				let left = blindMs - (rest.get(laneId, from, to)?.ms ?? 0);
				for (const [index, { startAt }] of hours.entries()) {
					const share = index === hours.length - 1 ? left : Math.floor(left / (hours.length - index));
					left -= share;
					if (share > 0) put.run(laneId, startAt, share);
				}
			}
			store.prepare("INSERT INTO settings (key, value) VALUES ('blindDaysSpread', 'true')").run();
		})
		.immediate();
}

import type { LaneAnswer } from "#contract/wall-api.ts";
import { startOfDay } from "../time/format-time.ts";

/**
 * For how long nobody could know today, at `now`: what the edge has counted, and while the lane is unknown the time that
 * is not counted yet. Null: the edge does not count.
 */
export function blindTodayMs(
	{ state, blindTodayMs: counted, blindUntil }: Pick<LaneAnswer, "state" | "blindTodayMs" | "blindUntil">,
	now: number,
): number | null {
	if (counted === null || blindUntil === null) return null;
	const midnight = startOfDay(now);
	// What was counted until before midnight is yesterday's.
	const today = blindUntil >= midnight ? counted : 0;
	return state === "unknown" ? today + Math.max(0, now - Math.max(blindUntil, midnight)) : today;
}

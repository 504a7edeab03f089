import { lastClockChange, offsetMs } from "../policy/local-time.ts";

/** Days of the site's calendar are written as `2026-11-26`. */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When a day began at the site: its midnight, or the first instant of it where clocks skip midnight. */
export function dayStart(timeZone: string, day: string): number {
	const wall = wallOf(day);
	const [before, after] = [offsetMs(timeZone, wall - 26 * hourMs), offsetMs(timeZone, wall + 26 * hourMs)];
	const change = before === after ? null : lastClockChange(timeZone, wall - 26 * hourMs, wall + 26 * hourMs);
	if (change === null || wall - before < change) return wall - before;
	return Math.max(wall - after, change);
}

/** `2026-11-25`, at the site. */
export const dayAt = (timeZone: string, at: number): string => isoDay(at + offsetMs(timeZone, at));

/** The day so many days later (or earlier) in the calendar. */
export const addDays = (day: string, days: number): string => isoDay(wallOf(day) + days * dayMs);

/** How many days the calendar has from one to the other, both counted. */
export const daysBetween = (from: string, to: string): number => Math.round((wallOf(to) - wallOf(from)) / dayMs) + 1;

/** The first instant that is no longer of this day. */
export const dayEnd = (timeZone: string, day: string): number => dayStart(timeZone, addDays(day, 1));

/** 1 = Monday … 7 = Sunday */
export const weekdayOf = (day: string): number => new Date(wallOf(day)).getUTCDay() || 7;

/** The day that a clock on a wall shows; `wall` is what it shows, as if it were UTC. */
export const isoDay = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

const wallOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

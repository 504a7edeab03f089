import { offsetMs } from "../policy/local-time.ts";

const dayMs = 86_400_000;

/** The day of the site's calendar on which an instant falls, `2026-11-26`. */
export const dayOf = (at: number, timeZone: string): string => textOf(at + offsetMs(timeZone, at));

/** The first instant that is no longer of this day. */
export function endOfDay(day: string, timeZone: string): number {
	const wall = wallOf(day) + dayMs;
	// The offset that holds then; near a clock change the second look decides.
	return wall - offsetMs(timeZone, wall - offsetMs(timeZone, wall));
}

export const addDays = (day: string, days: number): string => textOf(wallOf(day) + days * dayMs);

/**
 * Working days are Monday to Friday: public holidays, and the weekends that are worked in their place, are announced year
 * by year and not known here.
 */
export function addWorkingDays(day: string, days: number): string {
	let at = wallOf(day);
	for (let left = days; left > 0;) {
		at += dayMs;
		const ofWeek = new Date(at).getUTCDay();
		if (ofWeek !== 0 && ofWeek !== 6) left -= 1;
	}
	return textOf(at);
}

const wallOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const textOf = (wall: number) => new Date(wall).toISOString().slice(0, 10);

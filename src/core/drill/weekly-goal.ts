import { addDays } from "../calendar/days.ts";

export interface DrillWeek {
	/** Its Monday, `2026-11-23`. */
	readonly monday: string;
	readonly drills: number;
}

/** At least one drill a week (每周开展熟悉演练不少于1次). */
export const drillsAWeek = 1;

/** The last weeks, the newest first: that of today, and how many drills each had. */
export function drillWeeks(days: readonly string[], today: string, weeks: number): readonly DrillWeek[] {
	const thisMonday = mondayOf(today);
	const counted = new Map<string, number>();
	for (const day of days) counted.set(mondayOf(day), (counted.get(mondayOf(day)) ?? 0) + 1);
	return Array.from({ length: weeks }, (_, back) => {
		const monday = addDays(thisMonday, -7 * back);
		return { monday, drills: counted.get(monday) ?? 0 };
	});
}

export function mondayOf(day: string): string {
	const sinceSunday = new Date(`${day}T00:00:00Z`).getUTCDay();
	return addDays(day, -((sinceSunday + 6) % 7));
}

import { addDays, weekdayOf } from "./days.ts";

/**
 * What is announced year by year (《全国年节及纪念日放假办法》 and the yearly notice): the days that are holidays, and the days of a
 * weekend that are worked in their place.
 */
export interface WorkCalendar {
	readonly holidays: ReadonlySet<string>;
	readonly workdays: ReadonlySet<string>;
}

export const mondayToFriday: WorkCalendar = { holidays: new Set(), workdays: new Set() };

export function isWorkingDay({ holidays, workdays }: WorkCalendar, day: string): boolean {
	if (holidays.has(day)) return false;
	return weekdayOf(day) <= 5 || workdays.has(day);
}

/** The day on which so many working days have gone by; the first day is not counted. */
export function addWorkingDays(calendar: WorkCalendar, day: string, days: number): string {
	let at = day;
	for (let left = days; left > 0;) {
		at = addDays(at, 1);
		if (isWorkingDay(calendar, at)) left -= 1;
	}
	return at;
}

/** The years whose holidays are known, in order. */
export const yearsOf = ({ holidays }: WorkCalendar): readonly number[] =>
	[...new Set([...holidays].map((day) => Number(day.slice(0, 4))))].sort((a, b) => a - b);

import { addDays, daysBetween } from "../calendar/days.ts";

/** Days of the site's calendar, both counted. */
export interface Period {
	readonly from: string;
	readonly to: string;
}

/**
 * What a period is compared with. Whole months: as many months before, and the same months last year. Otherwise as many
 * days just before, and the same days of last year.
 */
export function periodsToCompare(period: Period): { readonly before: Period; readonly lastYear: Period } {
	const months = wholeMonths(period);
	if (months !== null) {
		const before = { from: addMonths(period.from, -months), to: addDays(period.from, -1) };
		const lastYear = addMonths(period.from, -12);
		return { before, lastYear: { from: lastYear, to: addDays(addMonths(lastYear, months), -1) } };
	}
	const days = daysBetween(period.from, period.to);
	return {
		before: { from: addDays(period.from, -days), to: addDays(period.from, -1) },
		lastYear: { from: yearBefore(period.from), to: yearBefore(period.to) },
	};
}

function wholeMonths({ from, to }: Period): number | null {
	const after = addDays(to, 1);
	if (!from.endsWith("-01") || !after.endsWith("-01")) return null;
	return monthNumber(after) - monthNumber(from);
}

const monthNumber = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** Of the first day of a month. */
function addMonths(day: string, months: number): string {
	const number = monthNumber(day) + months;
	return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}-01`;
}

/** The 29th of February has its 28th. */
function yearBefore(day: string): string {
	const earlier = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
	return earlier.endsWith("-02-29") ? `${earlier.slice(0, 8)}28` : earlier;
}

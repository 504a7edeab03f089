/** Days as they are counted at the site. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-25` */
export function localDay(at: number, timeZone: string): string {
	const format =
		formats.get(timeZone) ??
		new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
	formats.set(timeZone, format);
	return format.format(at);
}

export interface PartOfDay {
	readonly day: string;
	readonly ms: number;
}

const hourMs = 3_600_000;
/** Even the day on which summer time ends is over by then. */
const longestDayMs = 26 * hourMs;
/** Nobody asks for the days of a longer stretch one by one; a clock that stood at 1970 would make thousands of them. */
const longestStretchMs = 31 * 24 * hourMs;

/** How much of a stretch of time falls on each day; of a very long one, its last month. */
export function splitByDay(from: number, to: number, timeZone: string): readonly PartOfDay[] {
	const parts: PartOfDay[] = [];
	for (let start = Math.max(from, to - longestStretchMs); start < to;) {
		const end = endOfDay(start, to, timeZone);
		parts.push({ day: localDay(start, timeZone), ms: end - start });
		start = end;
	}
	return parts;
}

/** The first instant after `at` that is of another day, or `limit` where that comes first. Time zones are not asked for their rules: halved. */
function endOfDay(at: number, limit: number, timeZone: string): number {
	const day = localDay(at, timeZone);
	let [same, other] = [at, Math.min(limit, at + longestDayMs)];
	if (localDay(other - 1, timeZone) === day) return other;
	while (other - same > 1) {
		const middle = Math.floor((same + other) / 2);
		if (localDay(middle, timeZone) === day) same = middle;
		else other = middle;
	}
	return other;
}

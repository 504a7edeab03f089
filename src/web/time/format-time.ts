import type { Language } from "#contract/language.ts";

/** Sites are in China, and so are the times on the page, wherever it is opened. */
export const siteTimeZone = "Asia/Shanghai";

const format = (language: Language, options: Intl.DateTimeFormatOptions) =>
	new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", {
		timeZone: siteTimeZone,
		hourCycle: "h23",
		...options,
	});

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
const made = new Map<string, Intl.DateTimeFormat>();

function cached(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${language} ${name}`;
	const known = made.get(key) ?? format(language, options);
	made.set(key, known);
	return known;
}

/** `14:03:22` */
export function formatClock(at: number, language: Language): string {
	return cached(language, "clock", clock).format(at);
}

/** `11月22日 14:03:22`; with the year where it is not the year of `now`. */
export function formatInstant(at: number, language: Language, now: number = Date.now()): string {
	const sameYear = yearOf(at) === yearOf(now);
	const day = sameYear
		? cached(language, "day", { month: language === "en" ? "short" : "long", day: "numeric" })
		: cached(language, "year", { year: "numeric", month: language === "en" ? "short" : "long", day: "numeric" });
	return `${day.format(at)} ${formatClock(at, language)}`;
}

/** `11月22日`; with the year where it is not the year of `now`. */
export function formatDate(at: number, language: Language, now: number = Date.now()): string {
	return formatInstant(at, language, now).slice(0, -9);
}

/** With milliseconds: `11月22日 14:03:22.418`. */
export function formatMoment(at: number, language: Language, now: number = Date.now()): string {
	return `${formatInstant(at, language, now)}.${String(Math.floor(at) % 1000).padStart(3, "0")}`;
}

/** Only the clock for today, otherwise day and clock. */
export function formatShort(at: number, language: Language, now: number = Date.now()): string {
	return dayOf(at) === dayOf(now) ? formatClock(at, language) : formatInstant(at, language, now);
}

let lastMidnight = Number.NEGATIVE_INFINITY;

/** The site's midnight before `at`. Every lane asks each second; its zone has no summer time. */
export function startOfDay(at: number): number {
	if (at < lastMidnight || at >= lastMidnight + 86_400_000) lastMidnight = findStartOfDay(at);
	return lastMidnight;
}

function findStartOfDay(at: number): number {
	const [hours = 0, minutes = 0, seconds = 0] = formatClock(at, "en").split(":").map(Number);
	return at - (at % 1000) - ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

const yearOf = (at: number) => cached("en", "y", { year: "numeric" }).format(at);
const dayOf = (at: number) => cached("en", "ymd", { year: "numeric", month: "numeric", day: "numeric" }).format(at);

import { noTime, type TimeFigures } from "../history/figures.ts";
import type { LocalHour } from "../history/local-hours.ts";

/** How likely it is that a way is free, and how sure that is. */
export interface FreeChance {
	/** 0..1; null: nothing is known. */
	readonly chance: number | null;
	/** Wilson's interval, 95 %. */
	readonly low: number;
	readonly high: number;
	/** Days of which something is known. */
	readonly days: number;
	/** What these are worth: parts of days that were unknown do not count, nor what a day only repeats of the day before. */
	readonly effectiveDays: number;
	/** The share of the time of which nothing is known; null where there is no time. */
	readonly unknownShare: number | null;
}

/** 95 %, both sides. */
const z = 1.959964;
/** Fewer pairs of days tell nothing of how alike they are. */
const leastPairs = 5;
const mostAlike = 0.9;

/**
 * The chance that a way is free at any instant of such an hour, from what was known of each day.
 *
 * The unit is the day: 60 minutes of one evening are one look and not 60. A day counts by the share of the hour that was known;
 * what was unknown is left out, which widens the interval. Where a day resembles the one before (a car that stays for three),
 * the days are worth n(1 - r)/(1 + r) for a correlation r from one to the next (Bayley and Hammersley, JRSS Suppl. 8, 1946).
 * The interval is Wilson's score interval (JASA 22, 1927; for few looks: Brown, Cai and DasGupta, Statistical Science 16,
 * 2001). A day that was free for half of the hour counts half: its spread is smaller than that of yes and no, so the interval
 * is rather too wide than too narrow.
 *
 * @param days one time a day, in the order of the calendar
 */
export function freeChance(days: readonly TimeFigures[]): FreeChance {
	let [freeDays, knownDays, unknownMs, wholeMs] = [0, 0, 0, 0];
	const shares: { readonly free: number; readonly known: number }[] = [];
	for (const { freeMs, occupiedMs, unknownMs: unseenMs } of days) {
		const [knownMs, dayMs] = [freeMs + occupiedMs, freeMs + occupiedMs + unseenMs];
		unknownMs += unseenMs;
		wholeMs += dayMs;
		if (knownMs === 0) continue;
		const known = knownMs / dayMs;
		shares.push({ free: freeMs / knownMs, known });
		knownDays += known;
		freeDays += known * (freeMs / knownMs);
	}
	const unknownShare = wholeMs > 0 ? unknownMs / wholeMs : null;
	if (knownDays === 0) return { chance: null, low: 0, high: 1, days: 0, effectiveDays: 0, unknownShare };
	const chance = Math.min(1, freeDays / knownDays);
	const alike = likenessOfDays(shares, chance);
	const effectiveDays = Math.max(Math.min(1, knownDays), (knownDays * (1 - alike)) / (1 + alike));
	return { chance, ...wilson(chance, effectiveDays), days: shares.length, effectiveDays, unknownShare };
}

/** Wilson's score interval for a share of `n` looks; `n` need not be whole. */
export function wilson(share: number, n: number): { readonly low: number; readonly high: number } {
	if (n <= 0) return { low: 0, high: 1 };
	const scale = 1 + (z * z) / n;
	const middle = (share + (z * z) / (2 * n)) / scale;
	const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	return { low: Math.max(0, Math.min(share, middle - half)), high: Math.min(1, Math.max(share, middle + half)) };
}

/** The correlation of a day with the one before, 0..0.9. That days alternate is taken for chance: it never makes surer. */
function likenessOfDays(shares: readonly { readonly free: number }[], mean: number): number {
	if (shares.length <= leastPairs) return 0;
	let [together, alone] = [0, 0];
	for (const [index, { free }] of shares.entries()) {
		const before = shares[index - 1];
		alone += (free - mean) ** 2;
		if (before) together += (free - mean) * (before.free - mean);
	}
	return alone < 1e-12 ? 0 : Math.min(mostAlike, Math.max(0, together / alone));
}

/** Of hours that are asked for, what each day has, in the order of the calendar. */
export function daysOf(
	hours: readonly LocalHour[],
	times: readonly TimeFigures[],
	counts: (hour: LocalHour) => boolean,
): readonly TimeFigures[] {
	const days = new Map<string, TimeFigures>();
	for (const [index, hour] of hours.entries()) {
		const time = times[index];
		if (!time || !counts(hour)) continue;
		const day = days.get(hour.day) ?? noTime();
		day.occupiedMs += time.occupiedMs;
		day.freeMs += time.freeMs;
		day.unknownMs += time.unknownMs;
		days.set(hour.day, day);
	}
	return [...days.values()];
}

/** The chance at each hour of the day. */
export const chanceByHour = (
	hours: readonly LocalHour[],
	times: readonly TimeFigures[],
	counts: (hour: LocalHour) => boolean = () => true,
): readonly FreeChance[] =>
	Array.from({ length: 24 }, (_, asked) =>
		freeChance(daysOf(hours, times, (each) => each.hour === asked && counts(each))),
	);

/** Hours of the day at which it was least often free, the worst first; none of those that were always free, or never known. */
export function worstHours(byHour: readonly FreeChance[], most: number): readonly number[] {
	return byHour
		.map(({ chance }, hour) => ({ chance: chance ?? 1, hour }))
		.filter(({ chance }) => chance < 1)
		.sort((a, b) => a.chance - b.chance || a.hour - b.hour)
		.slice(0, most)
		.map(({ hour }) => hour);
}

/** Where the axis of a drawing of chances begins, 0..0.5, at a tenth: every interval lies on it. */
export function leastShown(byHour: readonly FreeChance[]): number {
	const lowest = Math.min(...byHour.filter(({ chance }) => chance !== null).map(({ low }) => low));
	return Number.isFinite(lowest) ? Math.max(0, Math.min(0.5, Math.floor(lowest * 10) / 10)) : 0;
}

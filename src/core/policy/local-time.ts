/** What a clock on the wall of `timeZone` is ahead of UTC at an instant, ms. @throws RangeError for a zone unknown here. */
export function offsetMs(timeZone: string, at: number): number {
	const quarter = Math.floor(at / quarterHourMs);
	const { format, offsets } = clocks.get(timeZone) ?? newClock(timeZone);
	const known = offsets.get(quarter);
	if (known !== undefined) return known;
	if (offsets.size >= rememberedQuarters) offsets.clear();
	const offset = readOffset(format, quarter * quarterHourMs);
	offsets.set(quarter, offset);
	return offset;
}

/** Ms since Monday 00:00 by the clock on the wall. */
export function wallTimeOfWeek(timeZone: string, at: number): number {
	return floorMod(at + offsetMs(timeZone, at) - firstMonday, weekMs);
}

/** The last instant in (from, to] at which clocks were put forward or back, where `from` and `to` are within days. */
export function lastClockChange(timeZone: string, from: number, to: number): number | null {
	const after = offsetMs(timeZone, to);
	if (offsetMs(timeZone, from) === after) return null;
	let [before, since] = [Math.floor(from / quarterHourMs), Math.floor(to / quarterHourMs)];
	while (since - before > 1) {
		const middle = Math.floor((before + since) / 2);
		if (offsetMs(timeZone, middle * quarterHourMs) === after) since = middle;
		else before = middle;
	}
	return since * quarterHourMs;
}

export function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}

export const weekMs = 7 * 86_400_000;

/** Clocks are put forward and back at whole quarters of an hour alone. */
const quarterHourMs = 900_000;
const firstMonday = 4 * 86_400_000; // 5 January 1970

interface Clock {
	readonly format: Intl.DateTimeFormat;
	/** By the quarter of an hour. */
	readonly offsets: Map<number, number>;
}

/** Only remembered, never told apart: to ask for the offset anew costs a hundred times as much. */
const clocks = new Map<string, Clock>();
const rememberedQuarters = 1_000;

function newClock(timeZone: string): Clock {
	const format = new Intl.DateTimeFormat("en-US", {
		...{ timeZone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23", era: "short" },
		...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
	});
	const clock = { format, offsets: new Map<number, number>() };
	clocks.set(timeZone, clock);
	return clock;
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
	const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
	const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
	return wall - at;
}

const floorMod = (value: number, by: number) => ((value % by) + by) % by;

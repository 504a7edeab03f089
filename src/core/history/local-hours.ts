import { isoDay } from "../calendar/days.ts";
import { lastClockChange, offsetMs } from "../policy/local-time.ts";

/** One hour as the clock on the wall shows it; shorter or told twice where clocks are put forward or back. */
export interface LocalHour {
	/** Unix ms; the end is not part of it. */
	readonly startAt: number;
	readonly endAt: number;
	/** `2026-11-25` */
	readonly day: string;
	/** 1 = Monday … 7 = Sunday */
	readonly weekday: number;
	/** 0 … 23 */
	readonly hour: number;
}

export const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const firstMonday = 4 * dayMs; // 5 January 1970

/** Every hour of which something lies in [from, to), in order. */
export function localHours(timeZone: string, from: number, to: number): readonly LocalHour[] {
	const hours: LocalHour[] = [];
	const offsetAt = offsetsOf(timeZone);
	for (let startAt = hourStart(timeZone, from); startAt < to;) {
		const offset = offsetAt(startAt);
		const wall = startAt + offset;
		const { day, weekday, hour } = wallHour(wall);
		const midnight = wall - floorMod(wall, dayMs) + dayMs - offset;
		if (floorMod(wall, hourMs) === 0 && offsetAt(midnight) === offset) {
			// A day like most: its hours are as long as hours are.
			for (let n = hour; n < 24 && startAt < to; n++, startAt += hourMs)
				hours.push({ startAt, endAt: startAt + hourMs, day, weekday, hour: n });
			continue;
		}
		const full = startAt + hourMs - floorMod(wall, hourMs);
		const change = offsetAt(full) === offset ? null : lastClockChange(timeZone, startAt, full);
		const endAt = change !== null && change > startAt ? change : full;
		hours.push({ startAt, endAt, day, weekday, hour });
		startAt = endAt;
	}
	return hours;
}

/** When the hour began that the clock shows at `at`. */
export function hourStart(timeZone: string, at: number): number {
	const offset = offsetMs(timeZone, at);
	const began = at - floorMod(at + offset, hourMs);
	return offsetMs(timeZone, began) === offset ? began : (lastClockChange(timeZone, began, at) ?? began);
}

/** Clocks are asked for once a day: only a day on which they change is asked hour by hour. */
function offsetsOf(timeZone: string): (at: number) => number {
	const known = new Map<number, number | null>();
	return (at) => {
		const day = Math.floor(at / dayMs);
		let offset = known.get(day);
		if (offset === undefined) {
			const [first, last] = [offsetMs(timeZone, day * dayMs), offsetMs(timeZone, (day + 1) * dayMs)];
			offset = first === last ? first : null;
			known.set(day, offset);
		}
		return offset ?? offsetMs(timeZone, at);
	};
}

function wallHour(wall: number): Pick<LocalHour, "day" | "weekday" | "hour"> {
	return {
		day: isoDay(wall),
		weekday: Math.floor(floorMod(wall - firstMonday, 7 * dayMs) / dayMs) + 1,
		hour: Math.floor(floorMod(wall, dayMs) / hourMs),
	};
}

const floorMod = (value: number, by: number) => ((value % by) + by) % by;

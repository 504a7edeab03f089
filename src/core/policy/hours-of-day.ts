import { lastClockChange, wallTimeOfWeek, weekMs } from "./local-time.ts";
import type { HoursOfDay } from "./zone-times.ts";

/** Whether the clock on the wall shows one of these hours. */
export function isWithin(hours: HoursOfDay, at: number, timeZone: string): boolean {
	return runningMs([hours], wallTimeOfWeek(timeZone, at)) !== null;
}

/**
 * Since when one of these hours after the other has lasted without a gap; 0 where there never is one, null where none
 * lasts now. What clocks show decides, so an hour that they skip or repeat is shorter or longer.
 */
export function lastingSince(hours: readonly HoursOfDay[], at: number, timeZone: string): number | null {
	let since: number | null = null;
	for (let end = at; ;) {
		const running = runningMs(hours, wallTimeOfWeek(timeZone, end));
		if (running === null) return since;
		if (running === Number.POSITIVE_INFINITY) return 0;
		const began = end - running;
		const change = lastClockChange(timeZone, began - 1, end);
		if (change === null) return began;
		since = change;
		end = change - 1;
	}
}

/** How long, by the clock on the wall, one of these hours after the other has lasted; null: none does. */
function runningMs(hours: readonly HoursOfDay[], wall: number): number | null {
	const spans = hours.flatMap(spansOfWeek);
	let lasted = spanAround(spans, wall);
	if (lasted === null) return null;
	while (lasted < weekMs) {
		// The last millisecond before: is it of another one?
		const before = spanAround(spans, wall - lasted - 1);
		if (before === null) return lasted;
		lasted += before + 1;
	}
	return Number.POSITIVE_INFINITY;
}

interface Span {
	readonly startMs: number;
	readonly lengthMs: number;
}

/** How long the longest of the spans that hold `wall` has lasted. */
function spanAround(spans: readonly Span[], wall: number): number | null {
	let longest: number | null = null;
	for (const { startMs, lengthMs } of spans) {
		const lasted = (((wall - startMs) % weekMs) + weekMs) % weekMs;
		if (lasted < lengthMs && (longest === null || lasted > longest)) longest = lasted;
	}
	return longest;
}

function spansOfWeek({ days, from, to }: HoursOfDay): Span[] {
	const [fromMs, toMs] = [timeOfDayMs(from), timeOfDayMs(to)];
	const lengthMs = toMs > fromMs ? toMs - fromMs : toMs - fromMs + dayMs;
	return (days ?? everyDay).map((day) => ({ startMs: (day - 1) * dayMs + fromMs, lengthMs }));
}

function timeOfDayMs(text: string): number {
	const [hour = 0, minute = 0] = text.split(":").map(Number);
	return (hour * 60 + minute) * 60_000;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const dayMs = 86_400_000;

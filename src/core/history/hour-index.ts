import { hourMs, type LocalHour } from "./local-hours.ts";

/** Finds the hour of an instant without a search: hours follow one another, and none is longer than one. */
export class HourIndex {
	/** Unix ms, in order. */
	readonly startAt: Float64Array;

	constructor(hours: readonly LocalHour[]) {
		this.startAt = new Float64Array(hours.length);
		for (const [index, hour] of hours.entries()) this.startAt[index] = hour.startAt;
	}

	/** The last hour that began at `at` or before, the first where none did; `from` is one that began before. */
	at(at: number, from = 0): number {
		const last = this.startAt.length - 1;
		const least = from + Math.floor((at - (this.startAt[from] as number)) / hourMs);
		let index = Math.max(0, Math.min(last, least));
		while (index < last && (this.startAt[index + 1] as number) <= at) index += 1;
		return index;
	}
}

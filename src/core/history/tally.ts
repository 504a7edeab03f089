import { noTime, type TimeFigures } from "./figures.ts";
import { HourIndex } from "./hour-index.ts";
import type { LocalHour } from "./local-hours.ts";
import { gaps, type Stretch, totalMs } from "./stretches.ts";

/** One lane's share in a period. */
export interface LaneTime {
	/** From when to when there was something to watch, as far as it lies in the period. */
	readonly life: Stretch;
	/** When it was watched; merged. */
	readonly watched: readonly Stretch[];
	/** Of its roll-up, in order: start of the hour, occupied ms, blind ms, one hour after the other. */
	readonly hours: Float64Array;
	/** Where only some of what stood there is asked for: when that was; merged, within `watched`. */
	readonly stood?: readonly Stretch[] | undefined;
}

interface Life {
	readonly life: Stretch;
	readonly ms: number;
	lanes: number;
}

/**
 * Adds up lanes hour by hour: for the lane itself, for hours of the week, for days. While lanes come in there is one number
 * an hour of the period; days and hours of the week are put together of these when they are asked for.
 */
export class Tally {
	readonly #hours: readonly LocalHour[];
	readonly #index: HourIndex;
	readonly #endAt: number;
	readonly #asked: Uint8Array;
	readonly #all: boolean;
	readonly #occupiedMs: Float64Array;
	readonly #unknownMs: Float64Array;
	readonly #lives = new Map<string, Life>();

	/** @param hours of the period, in order; @param counts which of them are asked for */
	constructor(hours: readonly LocalHour[], counts: (hour: LocalHour) => boolean) {
		this.#hours = hours;
		this.#index = new HourIndex(hours);
		this.#endAt = hours.at(-1)?.endAt ?? 0;
		this.#asked = new Uint8Array(hours.length);
		for (const [index, hour] of hours.entries()) this.#asked[index] = counts(hour) ? 1 : 0;
		this.#all = this.#asked.every((each) => each === 1);
		this.#occupiedMs = new Float64Array(hours.length);
		this.#unknownMs = new Float64Array(hours.length);
	}

	add({ life, watched, hours, stood }: LaneTime): TimeFigures {
		if (life.from >= life.to) return noTime();
		let [occupiedMs, unknownMs] = [0, 0];
		for (const gap of gaps(life, watched)) unknownMs += this.#spread(gap, this.#unknownMs);
		let index = 0;
		for (let i = firstRow(hours, this.#index.startAt[0] ?? 0); i < hours.length; i += 3) {
			const at = hours[i] as number;
			if (at >= this.#endAt || at >= life.to) break;
			index = this.#index.at(at, index);
			if (this.#index.startAt[index] !== at || this.#asked[index] === 0) continue;
			// Its last hour may have been told of a little longer than the lane was there.
			const room = life.to - at;
			const occupied = stood ? 0 : Math.min(room, hours[i + 1] as number);
			const blind = Math.min(room - occupied, hours[i + 2] as number);
			this.#occupiedMs[index] = (this.#occupiedMs[index] as number) + occupied;
			this.#unknownMs[index] = (this.#unknownMs[index] as number) + blind;
			occupiedMs += occupied;
			unknownMs += blind;
		}
		for (const each of stood ?? []) occupiedMs += this.#spread(each, this.#occupiedMs);
		return { occupiedMs, unknownMs, freeMs: this.#livedMs(life) - occupiedMs - unknownMs };
	}

	/** By weekday and hour: `(weekday - 1) * 24 + hour`. */
	cells(): readonly TimeFigures[] {
		const cells = Array.from({ length: 168 }, noTime);
		this.#putTogether(({ weekday, hour }) => cells[(weekday - 1) * 24 + hour] as TimeFigures);
		return cells;
	}

	days(): ReadonlyMap<string, TimeFigures> {
		const days = new Map<string, TimeFigures>();
		this.#putTogether(({ day }) => {
			const time = days.get(day) ?? noTime();
			days.set(day, time);
			return time;
		});
		return days;
	}

	/** How much of it lies in hours that are asked for, ms. */
	askedMs(stretches: readonly Stretch[]): number {
		if (this.#all) return totalMs(stretches);
		return stretches.reduce((sum, each) => sum + this.#spread(each, null), 0);
	}

	#putTogether(sumOf: (hour: LocalHour) => TimeFigures): void {
		const livedMs = new Float64Array(this.#hours.length);
		for (const { life, lanes } of this.#lives.values()) this.#spread(life, livedMs, lanes);
		for (const [index, hour] of this.#hours.entries()) {
			const sum = sumOf(hour);
			const [occupiedMs, unknownMs] = [this.#occupiedMs[index] as number, this.#unknownMs[index] as number];
			sum.occupiedMs += occupiedMs;
			sum.unknownMs += unknownMs;
			sum.freeMs += (livedMs[index] as number) - occupiedMs - unknownMs;
		}
	}

	/** Most lanes were there all the time: what that comes to is added up once. */
	#livedMs(life: Stretch): number {
		const key = `${life.from} ${life.to}`;
		const known = this.#lives.get(key) ?? { life, ms: this.#spread(life, null), lanes: 0 };
		known.lanes += 1;
		this.#lives.set(key, known);
		return known.ms;
	}

	/** Adds a stretch (`times` over) to the hours asked for; answers how much of it lies in them. */
	#spread({ from, to }: Stretch, into: Float64Array | null, times = 1): number {
		let sum = 0;
		for (let index = this.#index.at(from); index < this.#hours.length; index++) {
			const { startAt, endAt } = this.#hours[index] as LocalHour;
			if (startAt >= to) break;
			const ms = Math.min(endAt, to) - Math.max(startAt, from);
			if (this.#asked[index] === 0 || ms <= 0) continue;
			if (into) into[index] = (into[index] as number) + ms * times;
			sum += ms;
		}
		return sum;
	}
}

/** Where the rows of the period begin: the first whose hour is not before `from`. */
function firstRow(hours: Float64Array, from: number): number {
	let [low, high] = [0, hours.length / 3];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((hours[3 * middle] as number) >= from) high = middle;
		else low = middle + 1;
	}
	return 3 * low;
}

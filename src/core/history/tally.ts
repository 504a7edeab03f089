import { noTime, type TimeFigures } from "./figures.ts";
import type { LocalHour } from "./local-hours.ts";
import { gaps, type Stretch, totalMs } from "./stretches.ts";

/** One lane's share in a period. */
export interface LaneTime {
	/** From when to when there was something to watch, as far as it lies in the period. */
	readonly life: Stretch;
	/** When it was watched; merged. */
	readonly watched: readonly Stretch[];
	/** Of its roll-up: start of the hour, occupied ms, blind ms. */
	readonly hours: Iterable<readonly [hourAt: number, occupiedMs: number, blindMs: number]>;
	/** Where only some of what stood there is asked for: when that was; merged, within `watched`. */
	readonly stood?: readonly Stretch[] | undefined;
}

interface Life {
	readonly ms: number;
	readonly cells: ReadonlyMap<TimeFigures, number>;
	readonly days: ReadonlyMap<TimeFigures, number>;
}

/** Adds up lanes hour by hour: for the lane itself, for hours of the week, for days. */
export class Tally {
	/** By weekday and hour: `(weekday - 1) * 24 + hour`. */
	readonly cells: readonly TimeFigures[] = Array.from({ length: 168 }, noTime);
	readonly days: ReadonlyMap<string, TimeFigures>;
	readonly #hours: readonly LocalHour[];
	readonly #indexOf: ReadonlyMap<number, number>;
	readonly #counts: readonly boolean[];
	readonly #all: boolean;
	readonly #cellOf: readonly number[];
	readonly #dayOf: readonly TimeFigures[];
	readonly #lives = new Map<string, Life>();

	/** @param hours of the period, in order; @param counts which of them are asked for */
	constructor(hours: readonly LocalHour[], counts: (hour: LocalHour) => boolean) {
		this.#hours = hours;
		this.#indexOf = new Map(hours.map(({ startAt }, index) => [startAt, index]));
		this.#counts = hours.map(counts);
		this.#all = this.#counts.every(Boolean);
		this.#cellOf = hours.map(({ weekday, hour }) => (weekday - 1) * 24 + hour);
		const days = new Map<string, TimeFigures>();
		this.#dayOf = hours.map(({ day }) => {
			const known = days.get(day) ?? noTime();
			days.set(day, known);
			return known;
		});
		this.days = days;
	}

	add({ life, watched, hours, stood }: LaneTime): TimeFigures {
		const lane = noTime();
		if (life.from >= life.to) return lane;
		const { ms: lived, cells, days } = this.#lifeOf(life);
		lane.freeMs += lived;
		for (const [cell, ms] of cells) cell.freeMs += ms;
		for (const [day, ms] of days) day.freeMs += ms;
		for (const gap of gaps(life, watched)) this.#spread(gap, (ms, index) => this.#move(lane, index, "unknownMs", ms));
		for (const [hourAt, occupiedMs, blindMs] of hours) {
			const index = this.#indexOf.get(hourAt);
			if (index === undefined || !this.#counts[index]) continue;
			if (occupiedMs > 0 && !stood) this.#move(lane, index, "occupiedMs", occupiedMs);
			if (blindMs > 0) this.#move(lane, index, "unknownMs", blindMs);
		}
		for (const each of stood ?? []) this.#spread(each, (ms, index) => this.#move(lane, index, "occupiedMs", ms));
		return lane;
	}

	/** How much of it lies in hours that are asked for, ms. */
	askedMs(stretches: readonly Stretch[]): number {
		if (this.#all) return totalMs(stretches);
		let sum = 0;
		for (const each of stretches) this.#spread(each, (ms) => (sum += ms));
		return sum;
	}

	/** Most lanes were there all the time: what that comes to is added up once. */
	#lifeOf(life: Stretch): Life {
		const key = `${life.from} ${life.to}`;
		const known = this.#lives.get(key);
		if (known) return known;
		const [cells, days] = [new Map<TimeFigures, number>(), new Map<TimeFigures, number>()];
		let lived = 0;
		this.#spread(life, (ms, index) => {
			const [cell, day] = [this.cells[this.#cellOf[index] as number] as TimeFigures, this.#dayOf[index] as TimeFigures];
			cells.set(cell, (cells.get(cell) ?? 0) + ms);
			days.set(day, (days.get(day) ?? 0) + ms);
			lived += ms;
		});
		const found = { ms: lived, cells, days };
		this.#lives.set(key, found);
		return found;
	}

	#spread({ from, to }: Stretch, put: (ms: number, index: number) => void): void {
		for (let index = this.#firstEndingAfter(from); index < this.#hours.length; index++) {
			const { startAt, endAt } = this.#hours[index] as LocalHour;
			if (startAt >= to) return;
			if (this.#counts[index]) put(Math.min(endAt, to) - Math.max(startAt, from), index);
		}
	}

	#firstEndingAfter(at: number): number {
		let [low, high] = [0, this.#hours.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.#hours[middle] as LocalHour).endAt > at) high = middle;
			else low = middle + 1;
		}
		return low;
	}

	#put(lane: TimeFigures, index: number, what: keyof TimeFigures, ms: number): void {
		lane[what] += ms;
		(this.cells[this.#cellOf[index] as number] as TimeFigures)[what] += ms;
		(this.#dayOf[index] as TimeFigures)[what] += ms;
	}

	#move(lane: TimeFigures, index: number, to: "occupiedMs" | "unknownMs", ms: number): void {
		this.#put(lane, index, to, ms);
		this.#put(lane, index, "freeMs", -ms);
	}
}

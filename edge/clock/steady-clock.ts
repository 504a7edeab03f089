/** What NTP slews, and what a busy machine puts between two readings, is no step. */
const stepMs = 2_000;
/** After nothing has stood anywhere for so long, clips and photos of what stood there are made. */
const quietMs = 60_000;

export interface MachineClocks {
	/** Unix ms; may be set. */
	readonly wall: () => number;
	/** ms; always goes on, the same for all processes of a run of the machine. */
	readonly monotonic: () => number;
}

/** What a clock goes by: what both clocks of the machine said at one moment, and by how much it was ahead then. */
export interface ClockMark {
	readonly wall: number;
	readonly monotonic: number;
	readonly aheadMs: number;
}

const clocksOfTheMachine: MachineClocks = { wall: Date.now, monotonic: () => Number(process.hrtime.bigint()) / 1e6 };

/**
 * The time by which this edge dates what it sees: the wall clock, until that is set by more than two seconds. Then time
 * goes on as the monotonic clock has it, so that nothing that stands somewhere has stood an hour longer or shorter for
 * it, and pictures, ring and facts stay of one time. The new time is taken when nothing has stood at any camera for a
 * minute: what had begun in the old time has ended in it.
 */
export class SteadyClock {
	readonly #clocks: MachineClocks;
	readonly #standing = new Set<string>();
	#last: { wall: number; monotonic: number };
	#quietSince: number;
	#aheadMs = 0;
	#takenMs = 0;
	/** The wall clock was set, or the new time is taken. Returns at once, never throws. */
	onSet: (() => void) | null = null;

	constructor(clocks: MachineClocks = clocksOfTheMachine) {
		this.#clocks = clocks;
		this.#last = { wall: clocks.wall(), monotonic: clocks.monotonic() };
		this.#quietSince = this.#last.monotonic;
	}

	/** Unix ms. */
	now(): number {
		const wall = this.#clocks.wall();
		const monotonic = this.#clocks.monotonic();
		const setByMs = wall - this.#last.wall - (monotonic - this.#last.monotonic);
		const before = this.#aheadMs;
		this.#last = { wall, monotonic };
		if (Math.abs(setByMs) > stepMs) {
			this.#aheadMs -= Math.round(setByMs); // instants are whole milliseconds everywhere
			this.#quietSince = monotonic;
			if (Math.abs(this.#aheadMs) <= stepMs) this.#aheadMs = 0; // it was set there and back
		}
		if (this.#standing.size > 0) this.#quietSince = monotonic;
		if (this.#aheadMs !== 0 && monotonic - this.#quietSince >= quietMs) {
			this.#takenMs -= this.#aheadMs;
			this.#aheadMs = 0;
		}
		if (this.#aheadMs !== before) this.onSet?.();
		return wall + this.#aheadMs;
	}

	get mark(): ClockMark {
		return { ...this.#last, aheadMs: this.#aheadMs };
	}

	/** Where the clock of an earlier process was, in this run of the machine: what was set since then is noticed. */
	goOnFrom({ wall, monotonic, aheadMs }: ClockMark): void {
		this.#last = { wall, monotonic };
		this.#aheadMs = aheadMs;
		this.now();
	}

	/** By how much it is ahead of the wall clock, because that was put back; negative where that was put forward. */
	get aheadMs(): number {
		return this.#aheadMs;
	}

	/** By how much time has jumped so far because the new time was taken: whoever remembers instants moves them by that. */
	get takenMs(): number {
		return this.#takenMs;
	}

	/** Whether something stands, or begins to, at a camera: then the time is not changed. */
	note(cameraId: string, isStanding: boolean): void {
		if (isStanding) this.#standing.add(cameraId);
		else this.#standing.delete(cameraId);
	}
}

/** The one of this process. */
export const steadyClock = new SteadyClock();

/** Unix ms by the steady clock: for everything that is dated beside pictures. */
export const steadyNow = (): number => steadyClock.now();

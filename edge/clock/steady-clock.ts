/** What NTP slews, and what a busy machine puts between two readings, is no step. */
const stepMs = 2_000;
/** After nothing has stood anywhere for so long, clips and photos of what stood there are made. */
const quietMs = 60_000;

export interface MachineClocks {
	/** Unix ms; may be set. */
	readonly wall: () => number;
	/** ms; always goes on. */
	readonly monotonic: () => number;
}

const clocksOfTheMachine: MachineClocks = { wall: Date.now, monotonic: () => performance.now() };

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
		return wall + this.#aheadMs;
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

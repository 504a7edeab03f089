/** Transport can only delay: the least delay of these last arrivals tells best when a picture was there. */
const remembered = 30;

/** Turns a stream's own time into wall clock, from when its parts arrived. Follows clocks that drift or are set. */
export class ArrivalClock {
	readonly #offsets: number[] = [];

	/** @param streamMs the stream's time of what arrived at `at` (Unix ms). */
	arrived(streamMs: number, at: number) {
		this.#offsets.push(at - streamMs);
		if (this.#offsets.length > remembered) this.#offsets.shift();
	}

	/** Unix ms. @throws Error before anything has arrived */
	wallClockOf(streamMs: number): number {
		if (this.#offsets.length === 0) throw new Error("nothing has arrived yet");
		return Math.round(streamMs + Math.min(...this.#offsets));
	}
}

import type { Logger } from "#platform/log.ts";

/** Facts that wait for one another may come this much out of order; more than that, the wall clock was put back. */
const toleranceMs = 5_000;

/**
 * The time of one camera's facts: the wall clock, but never back. The rules leave a frame aside that is older than the
 * last one, so a clock that was put back by an hour would blind the camera for an hour. Then facts run ahead of the wall
 * clock by what it was put back, until the wall clock has caught up or the edge is started again.
 */
export class FactClock {
	readonly #log: Logger;
	#last: number;
	#aheadMs = 0;

	/** @param last instant of the last fact of an earlier run */
	constructor(last: number, log: Logger) {
		this.#last = last;
		this.#log = log;
	}

	/** The clock was set by so much, and what is remembered was moved by that. */
	move(byMs: number): void {
		this.#last += byMs;
	}

	/** @param wallAt when it happened, by the wall clock */
	next(wallAt: number): number {
		if (wallAt > this.#last) this.#aheadMs = 0;
		const behindMs = this.#last - (wallAt + this.#aheadMs);
		if (behindMs > toleranceMs) {
			this.#aheadMs += behindMs + 1;
			this.#log.warn(
				{ seconds: Math.round(behindMs / 1000) },
				"the clock was put back; times of alerts run ahead of it",
			);
		}
		this.#last = Math.max(wallAt + this.#aheadMs, this.#last + 1);
		return this.#last;
	}
}

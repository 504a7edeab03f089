/** Lets through so many of one kind a minute, so that whoever sends rubbish does not fill the disk with our log. */
export class LogSampler {
	readonly #mostAMinute: number;
	readonly #now: () => number;
	#minuteBeganAt = Number.NEGATIVE_INFINITY;
	#said = 0;
	#left = 0;

	/** @param now monotonic ms */
	constructor(mostAMinute: number, now: () => number = () => performance.now()) {
		this.#mostAMinute = mostAMinute;
		this.#now = now;
	}

	/** Null: say nothing. Otherwise how many were passed over since the last one that was said. */
	take(): { readonly passedOver: number } | null {
		const now = this.#now();
		if (now - this.#minuteBeganAt >= 60_000) {
			this.#minuteBeganAt = now;
			this.#said = 0;
		}
		if (this.#said >= this.#mostAMinute) {
			this.#left += 1;
			return null;
		}
		this.#said += 1;
		const passedOver = this.#left;
		this.#left = 0;
		return { passedOver };
	}
}

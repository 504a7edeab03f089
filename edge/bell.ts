/**
 * Wakes one who waits. Rung while nobody waits, it is remembered: the next wait ends at once. (AbortSignal.any with a
 * signal that lives as long as the program would keep something for every wait.)
 */
export class Bell {
	#rung = false;
	#wakeUp: (() => void) | null = null;

	ring(): void {
		this.#rung = true;
		this.#wakeUp?.();
	}

	/** Resolves when rung, after `ms`, or when `signal` is aborted. Never rejects. */
	wait(ms: number, signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const done = () => {
				clearTimeout(timer);
				signal.removeEventListener("abort", done);
				this.#wakeUp = null;
				this.#rung = false;
				resolve();
			};
			const timer = setTimeout(done, ms);
			signal.addEventListener("abort", done, { once: true });
			this.#wakeUp = done;
			if (this.#rung || signal.aborted) done();
		});
	}
}

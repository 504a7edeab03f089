/**
 * Hands things over one at a time. While the receiver is busy, the newest waits and older ones are dropped: a slow
 * detector sees fewer frames, never old ones.
 */
export class NewestOnly<T> {
	readonly #receive: (item: T) => void | Promise<void>;
	#isBusy = false;
	#waiting: { readonly item: T } | null = null;

	constructor(receive: (item: T) => void | Promise<void>) {
		this.#receive = receive;
	}

	offer(item: T) {
		this.#waiting = { item };
		if (!this.#isBusy) void this.#handOver();
	}

	async #handOver(): Promise<void> {
		this.#isBusy = true;
		try {
			while (this.#waiting) {
				const { item } = this.#waiting;
				this.#waiting = null;
				await this.#receive(item);
			}
		} finally {
			this.#isBusy = false;
		}
	}
}

import { laterThan } from "./outbox.ts";

interface Retained {
	/** Null: to be taken off the broker. */
	readonly message: object | null;
	readonly at: number;
	sent: boolean;
}

/**
 * The latest value of each retained topic. Memory is bounded by the number of topics: while one is on its way or there
 * is no connection, newer values take the place of older ones.
 */
export class RetainedStates {
	readonly #latest = new Map<string, Retained>();
	#publish: ((topic: string, body: string) => Promise<void>) | null = null;
	#connectedAt: number | undefined;
	readonly #onItsWay = new Set<string>();

	/**
	 * @param message its `at` orders the states of one topic at the server: should the clock have stood still or gone back,
	 *   it is moved on, so that what is said later counts as later
	 */
	set(topic: string, message: { readonly at: number }): void {
		const at = laterThan(this.#latest.get(topic)?.at, message.at);
		this.#latest.set(topic, { message, at, sent: false });
		this.#send(topic);
	}

	forget(topic: string): void {
		this.#latest.set(topic, { message: null, at: 0, sent: false });
		this.#send(topic);
	}

	/**
	 * Each connection begins with everything: the broker may have lost what it acknowledged, and at the server nothing holds
	 * that was said over an earlier connection.
	 *
	 * @param connectedAt the connection's instant, as its status bears it
	 */
	attach(publish: (topic: string, body: string) => Promise<void>, connectedAt?: number): void {
		this.#publish = publish;
		this.#connectedAt = connectedAt;
		this.#onItsWay.clear();
		for (const [topic, state] of this.#latest) {
			state.sent = false;
			this.#send(topic);
		}
	}

	detach(): void {
		this.#publish = null;
	}

	#send(topic: string): void {
		const state = this.#latest.get(topic);
		const publish = this.#publish;
		if (!publish || !state || state.sent || this.#onItsWay.has(topic)) return;
		state.sent = true;
		this.#onItsWay.add(topic);
		publish(topic, this.#bodyOf(state)).then(
			() => {
				if (this.#publish !== publish) return;
				this.#onItsWay.delete(topic);
				if (state.message === null && this.#latest.get(topic) === state) this.#latest.delete(topic);
				this.#send(topic);
			},
			() => undefined, // the connection is gone; the next one begins with everything
		);
	}

	#bodyOf({ message, at }: Retained): string {
		return message === null ? "" : JSON.stringify({ ...message, at, connectedAt: this.#connectedAt });
	}
}

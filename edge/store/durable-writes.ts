import type { AlertMessage } from "#contract/messages/index.ts";
import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** Something that happened, to be written as one. */
export interface Change {
	/** The alert messages that `apply` puts into the outbox: they go out also while nothing can be written. */
	readonly alerts: readonly AlertMessage[];
	/** Runs inside a transaction; may run again after a failure. */
	readonly apply: () => void;
	/** Runs once, after the transaction is on disk. */
	readonly afterwards?: () => void;
}

const tryAgainMs = 5_000;
/** Of more, the oldest without alerts go: states, and what was to become evidence. */
const mostWaiting = 10_000;

/**
 * Writes changes in order, each in one transaction. While the disk takes nothing (full, read-only, failing) they wait in
 * memory and are tried again: the edge goes on watching, and its alerts go out. No alert is ever given up.
 */
export class DurableWrites {
	readonly #store: EdgeStore;
	readonly #log: Logger;
	readonly #waiting: Change[] = [];
	#givenUp = 0;

	constructor({ store, log }: { store: EdgeStore; log: Logger }) {
		this.#store = store;
		this.#log = log;
	}

	/** True when it is on disk; false when it waits in memory. */
	write(change: Change): boolean {
		if (this.#waiting.length === 0) {
			try {
				this.#commit(change);
				return true;
			} catch (err) {
				this.#log.error(
					{ err },
					"the edge's database cannot be written: going on in memory and trying again. Alerts still go out; " +
						"what waits is lost if the edge is stopped now",
				);
			}
		}
		this.#waiting.push(change);
		if (this.#waiting.length > mostWaiting) this.#giveUpOldest();
		return false;
	}

	/** All that waits has been written, or nothing waited. */
	get settled(): boolean {
		return this.#waiting.length === 0;
	}

	/** Alert messages that are in memory alone. */
	waitingAlerts(): AlertMessage[] {
		return this.#waiting.flatMap(({ alerts }) => alerts);
	}

	/** Tries what waits, in order. True when nothing waits any more. */
	tryAgain(): boolean {
		try {
			for (let change = this.#waiting[0]; change; change = this.#waiting[0]) {
				this.#commit(change);
				this.#waiting.shift();
			}
			return true;
		} catch {
			return false;
		}
	}

	/** When `signal` is aborted, what waits is tried a last time. */
	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await wait(tryAgainMs, signal);
			if (this.settled) continue;
			if (this.tryAgain()) this.#sayBack();
		}
		if (!this.tryAgain()) this.#log.error({ changes: this.#waiting.length }, "what waited in memory is lost");
	}

	#sayBack(): void {
		const given = this.#givenUp;
		this.#givenUp = 0;
		if (given === 0) this.#log.info("the edge's database can be written again; nothing was lost");
		else
			this.#log.error(
				{ changes: given },
				"the edge's database can be written again; too much waited: evidence was lost",
			);
	}

	#giveUpOldest(): void {
		const oldest = this.#waiting.findIndex(({ alerts }) => alerts.length === 0);
		if (oldest < 0) return;
		this.#waiting.splice(oldest, 1);
		this.#givenUp += 1;
	}

	#commit(change: Change): void {
		this.#store.transaction(change.apply).immediate();
		change.afterwards?.();
	}
}

import { readFileSync } from "node:fs";
import { wait } from "#platform/wait.ts";
import type { EdgeStore } from "../store/open-edge-store.ts";
import { type ClockMark, type SteadyClock, steadyClock } from "./steady-clock.ts";

/** The clock may be slewed by some milliseconds in that time, which is no step yet. */
const keepEveryMs = 30_000;

/**
 * What the steady clock goes by, on disk, so that an edge that is killed and started again does not begin with a clock that
 * was set meanwhile: what stands somewhere would have stood an hour longer for it. Holds until the machine is started
 * again, for its monotonic clock begins anew then, and until the edge is stopped in order.
 */
export class KeptClock {
	readonly #store: EdgeStore;
	readonly #clock: SteadyClock;
	/** Of the machine's run; null where it does not say, then nothing is kept. */
	readonly #bootId: string | null;

	constructor(store: EdgeStore, clock = steadyClock, bootId = readBootId()) {
		this.#store = store;
		this.#clock = clock;
		this.#bootId = bootId;
	}

	/** Goes on where an edge left off that was killed. Before anything is dated. */
	resume(): void {
		const kept = this.#store
			.prepare<[], ClockMark & { bootId: string }>(
				"SELECT boot_id AS bootId, wall, monotonic, ahead_ms AS aheadMs FROM clock_mark",
			)
			.get();
		if (kept && kept.bootId === this.#bootId) this.#clock.goOnFrom(kept);
		this.#clock.onSet = () => this.#keep();
		this.#keep();
	}

	/** Returns when the edge stops in order; the next one begins with the machine's clock. */
	async run(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await wait(keepEveryMs, signal);
			if (!signal.aborted) this.#keep();
		}
		this.#clock.onSet = null;
		this.#write(() => this.#store.exec("DELETE FROM clock_mark"));
	}

	#keep(): void {
		const bootId = this.#bootId;
		if (bootId === null) return;
		const { wall, monotonic, aheadMs } = this.#clock.mark;
		this.#write(() =>
			this.#store
				.prepare(
					`INSERT INTO clock_mark VALUES (1, ?, ?, ?, ?) ON CONFLICT (only) DO UPDATE SET
						boot_id = excluded.boot_id, wall = excluded.wall, monotonic = excluded.monotonic, ahead_ms = excluded.ahead_ms`,
				)
				.run(bootId, wall, monotonic, aheadMs),
		);
	}

	/** A disk that takes nothing is told of elsewhere, and this is kept again soon. */
	#write(act: () => unknown): void {
		try {
			act();
		} catch {
			// as before
		}
	}
}

function readBootId(): string | null {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
	} catch {
		return null; // no Linux
	}
}

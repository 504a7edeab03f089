import type { CameraState } from "#core/camera.ts";
import type { CameraStates } from "./camera-states.ts";
import type { DurableWrites } from "./durable-writes.ts";

export interface SteadyStatesParts {
	readonly writes: Pick<DurableWrites, "write" | "settled">;
	readonly states: CameraStates;
	/** After a commit the disk is left alone for so many times as long as that commit took. */
	readonly restPerCommit?: number;
}

/** A camera that is looked at often must not wait longer for the disk. */
const longestRestMs = 250;

/**
 * What the rules remember of each camera, on disk after every look. States of several cameras that come while the disk
 * rests go in one transaction: an fsync takes 1 ms on one disk and 20 ms on another, and nothing else runs meanwhile.
 */
export class SteadyStates {
	readonly #parts: SteadyStatesParts;
	readonly #waiting = new Map<string, { readonly state: CameraState; readonly at: number }>();
	#nextCommit: Promise<void> | null = null;
	#restMs = 0;

	constructor(parts: SteadyStatesParts) {
		this.#parts = parts;
	}

	/**
	 * Resolves when this state is on disk, or a newer one of its camera; at once while the disk takes nothing, for what
	 * ages within a second need not be kept in order.
	 */
	save(cameraId: string, state: CameraState, at: number): Promise<void> {
		if (!this.#parts.writes.settled) return Promise.resolve();
		this.#waiting.set(cameraId, { state, at });
		this.#nextCommit ??= this.#rest().then(() => this.#commit());
		return this.#nextCommit;
	}

	/** What waits is older than what is being written now. */
	forget(cameraId: string): void {
		this.#waiting.delete(cameraId);
	}

	#rest(): Promise<void> {
		return new Promise((resolve) => {
			if (this.#restMs < 1) setImmediate(resolve);
			else setTimeout(resolve, this.#restMs);
		});
	}

	#commit(): void {
		this.#nextCommit = null;
		const saves = [...this.#waiting];
		this.#waiting.clear();
		if (saves.length === 0) return;
		const { writes, states, restPerCommit = 3 } = this.#parts;
		const startedAt = performance.now();
		writes.write({
			alerts: [],
			apply: () => {
				for (const [cameraId, { state, at }] of saves) states.save(cameraId, state, at);
			},
		});
		this.#restMs = Math.min(longestRestMs, restPerCommit * (performance.now() - startedAt));
	}
}

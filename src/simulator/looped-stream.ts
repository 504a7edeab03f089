import { EventEmitter } from "node:events";
import type { AccessUnit, Clip } from "./clip.ts";

/** A coded picture that is due now; `shownAtMs` counts from the stream's start and goes on over the seam of the loop. */
export interface DueUnit {
	readonly unit: AccessUnit;
	readonly clip: Clip;
	readonly shownAtMs: number;
}

/**
 * Plays a clip round and round in real time, the same for all who watch, as a camera does. Begins with the first
 * viewer, so that a clip's story is seen from its beginning; goes on without any.
 */
export class LoopedStream extends EventEmitter<{ unit: [DueUnit] }> {
	#clip: Clip;
	#next = 0;
	/** Where the present round began, in ms since the stream's start. */
	#roundAtMs = 0;
	#startedAt: number | null = null;
	#timer: NodeJS.Timeout | null = null;

	constructor(clip: Clip) {
		super();
		this.setMaxListeners(0);
		this.#clip = clip;
	}

	get clip(): Clip {
		return this.#clip;
	}

	start() {
		if (this.#startedAt !== null) return;
		this.#startedAt = performance.now();
		this.#sendDue();
	}

	stop() {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
	}

	/** Another clip from now on; time goes on. */
	change(clip: Clip) {
		this.#roundAtMs = this.#elapsedMs();
		this.#clip = clip;
		this.#next = 0;
		if (this.#startedAt === null) return;
		this.stop();
		this.#sendDue();
	}

	#elapsedMs() {
		return this.#startedAt === null ? 0 : performance.now() - this.#startedAt;
	}

	#sendDue() {
		for (;;) {
			const unit = this.#clip.units[this.#next];
			if (!unit) {
				this.#next = 0;
				this.#roundAtMs += this.#clip.durationMs;
				continue;
			}
			const waitMs = this.#roundAtMs + unit.atMs - this.#elapsedMs();
			if (waitMs > 1) {
				this.#timer = setTimeout(() => this.#sendDue(), waitMs);
				return;
			}
			this.#next += 1;
			this.emit("unit", { unit, clip: this.#clip, shownAtMs: this.#roundAtMs + unit.shownAtMs });
		}
	}
}

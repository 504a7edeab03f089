import { FragmentReader } from "./fragment-reader.ts";
import type { LiveTap } from "./live-tap.ts";
import type { SegmentWriter } from "./segment-writer.ts";

/**
 * One session's stream as the camera sent it: to the disk, and to who watches. `take` never waits and never throws, so that
 * the pipe is always drained. A live view costs the camera no second session and the edge no second ffmpeg.
 */
export class StreamCopy {
	readonly #reader = new FragmentReader();
	readonly #writer: SegmentWriter | null;
	readonly #live: LiveTap | null;
	#isBroken = false;

	constructor(writer: SegmentWriter | null, live: LiveTap | null) {
		this.#writer = writer;
		this.#live = live;
	}

	/** @param at when it came (Unix ms) */
	take(chunk: Buffer, at: number) {
		if (this.#isBroken) return;
		try {
			for (const piece of this.#reader.take(chunk)) {
				this.#live?.take(piece, at); // first: the writer changes the times in the bytes
				this.#writer?.take(piece, at);
			}
		} catch (error) {
			this.#isBroken = true; // not our format: nothing after it can be understood
			this.#writer?.giveUp(error);
			this.#live?.end();
		}
	}

	/** Fulfilled when all that goes to the disk lies there. */
	async end(): Promise<void> {
		this.#live?.end();
		await this.#writer?.end();
	}
}

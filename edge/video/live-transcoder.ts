import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import { ArrivalClock } from "./arrival-clock.ts";
import { transcodeArguments } from "./ffmpeg-arguments.ts";
import { FfmpegProcess } from "#platform/ffmpeg-process.ts";
import { type Fragment, type FragmentHead, FragmentReader } from "./fragment-reader.ts";
import type { LiveSink } from "./live-tap.ts";

/** What may wait for a machine that is too slow for it; then pictures are left out up to the next key frame. */
const mostWaitingBytes = 4 << 20;

/**
 * Makes one camera's stream H.264, of our own stream copy and not by a second session: so ffmpeg is given no address and no
 * password. With the lowest priority: analysis goes first.
 */
export class LiveTranscoder implements LiveSink {
	readonly #sink: LiveSink;
	readonly #onFailure: (lastLines: readonly string[]) => void;
	#child: FfmpegProcess | null = null;
	#isBehind = true;
	#isOver = false;

	/** @param onFailure when ffmpeg ended by itself, once */
	constructor(sink: LiveSink, onFailure: (lastLines: readonly string[]) => void) {
		this.#sink = sink;
		this.#onFailure = onFailure;
	}

	onHead(head: FragmentHead): void {
		void this.#child?.kill();
		this.#child = null;
		this.#isBehind = true;
		void this.#begin(head).catch((error: unknown) => this.#fail([(error as Error).message]));
	}

	onFragment({ beginsWithKey, bytes }: Fragment): void {
		const input = this.#child?.input;
		if (!input || input.destroyed) return;
		if (input.writableLength > mostWaitingBytes) this.#isBehind = true;
		else if (beginsWithKey) this.#isBehind = false;
		if (!this.#isBehind) input.write(Buffer.from(bytes)); // a copy: the times in the original are changed later
	}

	async end(): Promise<void> {
		this.#isOver = true;
		await this.#child?.kill();
	}

	async #begin(head: FragmentHead): Promise<void> {
		const { path } = await locateFfmpeg();
		if (this.#isOver) return;
		const child = new FfmpegProcess(path, transcodeArguments(), "live", { input: "pipe" });
		this.#child = child;
		child.input?.on("error", () => {}); // that it has ended is said by how it ended
		child.input?.write(head.bytes);
		const reader = new FragmentReader();
		const clock = new ArrivalClock();
		child.outputs[0]?.on("data", (chunk: Buffer) => {
			if (this.#child !== child) return;
			try {
				for (const piece of reader.take(chunk)) {
					if (piece.kind === "head") this.#sink.onHead(piece);
					else {
						clock.arrived(piece.startMs + piece.durationMs, steadyNow());
						this.#sink.onFragment(piece, clock.wallClockOf(piece.startMs));
					}
				}
			} catch (error) {
				this.#fail([(error as Error).message]);
			}
		});
		const failed = () => {
			if (this.#child === child) this.#fail(child.lastLines);
		};
		child.ended.then(failed, failed);
	}

	#fail(lastLines: readonly string[]): void {
		if (this.#isOver) return;
		this.#isOver = true;
		void this.#child?.kill();
		this.#onFailure(lastLines);
	}
}

import { resolve } from "node:path";
import type { Ffmpeg } from "#platform/ffmpeg.ts";
import { InputError } from "#platform/input-error.ts";
import { fileArguments } from "./ffmpeg-arguments.ts";
import { FfmpegProcess } from "#platform/ffmpeg-process.ts";
import { readDurationMs, ShownFrames } from "#platform/ffmpeg-report.ts";
import { type Picture, PpmReader } from "./ppm-reader.ts";

export interface RecordingOptions {
	/** At most one frame in this time, by the video's own time stamps; the first frame is always given. */
	readonly sampleEveryMs: number;
	/** Longest side of a frame in pixels. Default: 1280. */
	readonly maxSide?: number;
	/** As fast as it was recorded and not as fast as can be. */
	readonly realtime?: boolean;
}

/** A video whose last frame lies so much before its end, and in which ffmpeg found damage, was cut off. */
const toleratedEndMs = 1_000;

/** One run of ffmpeg over a recording. Runs as far as it is read: the pipe holds it back. */
export class RecordingPass {
	readonly #path: string;
	readonly #options: RecordingOptions;
	readonly #child: FfmpegProcess;
	readonly #shown = new ShownFrames();
	readonly #times: number[] = [];
	#onTime: () => void = () => {};
	/** As the file says; null where it does not, or not yet. */
	durationMs: number | null = null;

	constructor(ffmpeg: Ffmpeg, path: string, options: RecordingOptions, frames?: number) {
		this.#path = path;
		this.#options = options;
		const { sampleEveryMs, maxSide = 1280, realtime = false } = options;
		const analysis = { sampleEveryMs, maxSide, decode: "all" } as const;
		const run = { realtime, ...(frames === undefined ? {} : { frames }) };
		const args = fileArguments(resolve(path), analysis, run, ffmpeg.version);
		this.#child = new FfmpegProcess(ffmpeg.path, args, "recording", { onLine: (line) => this.#read(line) });
	}

	/** Frames in the order in which they are shown, with the video's own time. Ends when `signal` is aborted. */
	async *frames(signal: AbortSignal): AsyncGenerator<Picture & { readonly ptsMs: number }> {
		const reader = new PpmReader();
		const abort = () => void this.#child.kill();
		signal.addEventListener("abort", abort, { once: true });
		if (signal.aborted) abort();
		try {
			for await (const chunk of this.#child.outputs[0] ?? []) {
				for (const picture of reader.take(chunk as Buffer)) yield { ...picture, ptsMs: await this.#nextTime() };
			}
			await this.#child.ended;
		} finally {
			signal.removeEventListener("abort", abort);
			await this.#child.kill();
		}
	}

	/** Why there was no frame at all. */
	refusal(): InputError {
		const text = this.#child.lastLines.join("\n");
		const found = meanings.find(([pattern]) => pattern.test(text));
		return new InputError(`${this.#path}: ${found?.[1] ?? "holds no picture that can be decoded"}`);
	}

	/** @throws InputError where the video breaks off at `lastMs`, long before the end that the file says. */
	refuseEarlyEnd(lastMs: number) {
		const missingMs = (this.durationMs ?? lastMs) - lastMs - this.#options.sampleEveryMs;
		if (missingMs <= toleratedEndMs || !damage.test(this.#child.lastLines.join("\n"))) return;
		const seconds = (ms: number) => (ms / 1000).toFixed(1);
		throw new InputError(
			`${this.#path}: breaks off after ${seconds(lastMs)} s of ${seconds(this.durationMs ?? 0)} s: it is damaged or was cut off`,
		);
	}

	#read(line: string) {
		this.durationMs ??= readDurationMs(line);
		const shown = this.#shown.read(line);
		if (!shown) return;
		this.#times.push(shown.ptsMs);
		this.#onTime();
	}

	/** Frames and their times come through two pipes, in the same order. */
	async #nextTime(): Promise<number> {
		const reported = this.#child.ended.catch(() => {});
		while (this.#times.length === 0) {
			const next = new Promise<void>((resolve) => (this.#onTime = resolve));
			const isOver = await Promise.race([next, reported.then(() => true)]);
			if (isOver && this.#times.length === 0) throw new Error("ffmpeg gave a frame without a time");
		}
		return this.#times.shift() ?? 0;
	}
}

const meanings: readonly (readonly [RegExp, string])[] = [
	[
		/moov atom not found/i,
		"is not a video, or is damaged or was cut off: the index that a video file needs is missing",
	],
	[/matches no streams|does not contain any stream/i, "holds no video"],
	[/Decoder \(codec .*\) not found/i, "has a codec that this machine's ffmpeg cannot decode"],
	[/Invalid data found when processing input/i, "is not a video, or is damaged"],
	[/Permission denied/i, "cannot be read (permission denied)"],
];

const damage = /partial file|Invalid data|error while decoding|truncat|corrupt|End of file|Invalid NAL|concealing/i;

import { stat } from "node:fs/promises";
import { InputError } from "#platform/input-error.ts";
import { type Ffmpeg, locateFfmpeg } from "#platform/ffmpeg.ts";
import type { Frame, FrameSource } from "./frame.ts";
import { type RecordingOptions, RecordingPass } from "./recording-pass.ts";

export interface Recording extends FrameSource {
	/** As the file says; where it does not, the last frame's time so far. */
	readonly durationMs: number;
	/** Of the frames: square pixels, after the rotation. */
	readonly width: number;
	readonly height: number;
	/** How many frames were given so far. */
	framesDecoded(): number;
}

/**
 * A recording as a source of frames, timed by its own time stamps, counted from its first frame. A variable frame rate,
 * rotation and pixels that are not square are taken care of.
 * @throws InputError, one sentence, for what is not a video or cannot be decoded. `frames` throws one too where the
 * video breaks off before its end.
 */
export async function openRecording(path: string, options: RecordingOptions): Promise<Recording> {
	await refuseNonFile(path);
	const ffmpeg = await locateFfmpeg();
	const look = new RecordingPass(ffmpeg, path, { ...options, realtime: false }, 1);
	for await (const { width, height } of look.frames(new AbortController().signal)) {
		return new OpenRecording(ffmpeg, path, options, { width, height, durationMs: look.durationMs });
	}
	throw look.refusal();
}

async function refuseNonFile(path: string): Promise<void> {
	const about = await stat(path).catch((error: NodeJS.ErrnoException) => {
		const why = error.code === "ENOENT" ? "there is no such file" : `cannot be read (${error.code})`;
		throw new InputError(`${path}: ${why}`, { cause: error });
	});
	if (about.isDirectory()) throw new InputError(`${path}: is a folder, a video file is needed`);
	if (about.isFile() && about.size === 0) throw new InputError(`${path}: is empty, a video file is needed`);
}

class OpenRecording implements Recording {
	readonly width: number;
	readonly height: number;
	readonly #start: () => RecordingPass;
	readonly #saidDurationMs: number | null;
	#lastMs = 0;
	#count = 0;

	constructor(
		ffmpeg: Ffmpeg,
		path: string,
		options: RecordingOptions,
		first: { width: number; height: number; durationMs: number | null },
	) {
		this.width = first.width;
		this.height = first.height;
		this.#saidDurationMs = first.durationMs;
		this.#start = () => new RecordingPass(ffmpeg, path, options);
	}

	get durationMs(): number {
		return this.#saidDurationMs ?? this.#lastMs;
	}

	framesDecoded(): number {
		return this.#count;
	}

	async *frames(signal: AbortSignal): AsyncGenerator<Frame> {
		const pass = this.#start();
		let firstMs: number | null = null;
		for await (const { ptsMs, ...picture } of pass.frames(signal)) {
			firstMs ??= ptsMs;
			this.#lastMs = Math.round(ptsMs - firstMs);
			this.#count += 1;
			yield { capturedAt: this.#lastMs, ...picture };
		}
		if (!signal.aborted) pass.refuseEarlyEnd(this.#lastMs);
	}
}

import { once } from "node:events";
import { access, constants, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Writable } from "node:stream";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { InputError } from "#platform/input-error.ts";
import { renameDurably } from "#platform/write-atomically.ts";
import { FfmpegProcess } from "#platform/ffmpeg-process.ts";

export interface VideoShape {
	/** Pixels, even numbers. */
	readonly width: number;
	readonly height: number;
	readonly framesPerSecond: number;
}

/** Writes pictures of one size as an H.264 video that browsers play. The file appears when it is whole, or not at all. */
export class VideoWriter {
	readonly #file: string;
	readonly #part: string;
	readonly #child: FfmpegProcess;
	readonly #input: Writable;

	private constructor(file: string, part: string, child: FfmpegProcess, input: Writable) {
		this.#file = file;
		this.#part = part;
		this.#child = child;
		this.#input = input;
	}

	static async open(file: string, shape: VideoShape): Promise<VideoWriter> {
		const { path } = await locateFfmpeg();
		const part = `${resolve(file)}.${process.pid}.part`;
		const child = new FfmpegProcess(path, encoderArguments(part, shape), "writing", { input: "pipe" });
		child.outputs[0]?.resume();
		if (!child.input) throw new Error("ffmpeg was started without a standard input");
		child.input.on("error", () => {}); // that it has ended is said by how it ended
		return new VideoWriter(file, part, child, child.input);
	}

	/**
	 * @param rgb packed RGB24 of the shape's size
	 * @param times for how many frames it is shown
	 * @throws Error when ffmpeg takes no more
	 */
	async write(rgb: Uint8Array, times: number): Promise<void> {
		for (let shown = 0; shown < times; shown++) {
			if (this.#input.destroyed) await this.#refuse();
			if (this.#input.write(rgb)) continue;
			await Promise.race([once(this.#input, "drain"), this.#child.ended]).catch(() => {});
		}
	}

	/** Resolves when the whole file is there under its name. @throws Error when it cannot be made; nothing is left then */
	async end(): Promise<void> {
		this.#input.end();
		const { code } = await this.#child.ended;
		if (code !== 0) await this.#refuse();
		await renameDurably(this.#part, this.#file);
	}

	/** Nothing is left of it. */
	async discard(): Promise<void> {
		await this.#child.kill();
		await rm(this.#part, { force: true });
	}

	async #refuse(): Promise<never> {
		await this.discard();
		const said = this.#child.lastLines.join("\n");
		const why = meanings.find(([pattern]) => pattern.test(said))?.[1] ?? this.#child.lastLines.at(-1) ?? "ffmpeg ended";
		throw new InputError(`${this.#file}: cannot be written: ${why}`);
	}
}

/** @throws InputError where no video can be written at `file`, said before anything is spent on it */
export async function refuseVideoFile(option: string, file: string): Promise<void> {
	if (!/\.mp4$/i.test(file)) throw new InputError(`${option} ${file}: the name must end in .mp4`);
	if (
		await stat(file).then(
			(about) => about.isDirectory(),
			() => false,
		)
	) {
		throw new InputError(`${option} ${file}: is a folder, the name of a file is needed`);
	}
	const folder = dirname(resolve(file));
	await access(folder, constants.W_OK).catch((cause: NodeJS.ErrnoException) => {
		const why = cause.code === "EACCES" || cause.code === "EROFS" ? "nothing may be written in" : "there is no folder";
		throw new InputError(`${option} ${file}: ${why} ${folder}`, { cause });
	});
}

const meanings: readonly (readonly [RegExp, string])[] = [
	[/Unknown encoder 'libx264'/, "this machine's ffmpeg has no H.264 encoder (libx264); install a full build"],
	[/No space left on device/, "the disk is full"],
];

/** A key frame every few seconds, so that a browser can seek; the index first, so that it plays before it is loaded. */
function encoderArguments(file: string, { width, height, framesPerSecond }: VideoShape): string[] {
	return [
		...["-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-y"],
		...["-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", `${width}x${height}`],
		...["-framerate", String(framesPerSecond), "-i", "pipe:0"],
		...[
			"-c:v",
			"libx264",
			"-preset",
			"veryfast",
			"-crf",
			"23",
			"-pix_fmt",
			"yuv420p",
			"-g",
			String(5 * framesPerSecond),
		],
		...["-movflags", "+faststart", "-f", "mp4", `file:${file}`],
	];
}

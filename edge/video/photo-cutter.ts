import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { photoArguments } from "./ffmpeg-arguments.ts";
import { FfmpegProcess } from "#platform/ffmpeg-process.ts";
import { ShownFrames } from "#platform/ffmpeg-report.ts";
import { type Picture, PpmReader } from "./ppm-reader.ts";

/** Some seconds of video are decoded in far less. */
const timeoutMs = 30_000;

export interface PictureOfSegment extends Picture {
	/** From the segment's beginning. */
	readonly offsetMs: number;
}

/**
 * One picture of a segment as the camera sent it: every pixel, no scaling. `first`: the first picture from `fromMs` on.
 * `last`: the last key frame up to `toMs`. Both from the segment's beginning.
 * @returns null where there is none. @throws Error when the segment cannot be decoded
 */
export async function decodePicture(options: {
	readonly file: string;
	readonly fromMs: number;
	readonly toMs: number;
	readonly take: "first" | "last";
	readonly signal?: AbortSignal | undefined;
}): Promise<PictureOfSegment | null> {
	const { path, version } = await locateFfmpeg();
	options.signal?.throwIfAborted();
	const shown = new ShownFrames();
	const times: number[] = [];
	const child = new FfmpegProcess(path, photoArguments(options, version), "look", {
		onLine: (line) => {
			const frame = shown.read(line);
			if (frame) times.push(frame.ptsMs);
		},
	});
	const kill = () => void child.kill();
	const timer = setTimeout(kill, timeoutMs);
	options.signal?.addEventListener("abort", kill, { once: true });
	try {
		const pictures: Picture[] = [];
		let count = 0;
		const reader = new PpmReader();
		for await (const chunk of child.outputs[0] ?? []) {
			for (const picture of reader.take(chunk as Buffer)) {
				count += 1;
				pictures[0] = picture; // the last of them; of "first" there is one
			}
		}
		const { code } = await child.ended;
		options.signal?.throwIfAborted();
		const [picture] = pictures;
		const offsetMs = times[count - 1];
		if (picture && offsetMs !== undefined) return { ...picture, offsetMs };
		if (code === 0) return null;
		throw new Error(`no picture can be decoded of ${options.file}: ${child.lastLines.slice(-3).join(" / ")}`);
	} finally {
		clearTimeout(timer);
		options.signal?.removeEventListener("abort", kill);
		await child.kill();
	}
}

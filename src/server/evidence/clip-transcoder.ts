import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { readDurationMs, readPixelFormat } from "#platform/ffmpeg-report.ts";
import { runFfmpeg } from "#platform/run-ffmpeg.ts";

/** An edge sent it, and said that it is MP4: it is read as that and as nothing else, and may name no other file. */
const inputOf = (file: string) => ["-protocol_whitelist", "file", "-f", "mov", "-i", `file:${resolve(file)}`];
const quiet = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "info"];

/** Whether every browser plays it as it is: H.264 with 8 bits and halved colour. @throws Error where it is no video */
export async function isPlayableEverywhere(file: string): Promise<boolean> {
	const { path } = await locateFfmpeg();
	let video: ReturnType<typeof readPixelFormat> = null;
	const look = ["-map", "0:v:0", "-c", "copy", "-frames:v", "1", "-f", "null", "-"];
	await runFfmpeg(path, [...quiet, ...inputOf(file), ...look], "look", {
		onLine: (line) => (video ??= readPixelFormat(line)),
	});
	const { codec, pixelFormat } = video ?? { codec: "", pixelFormat: "" };
	return codec === "h264" && ["yuv420p", "yuvj420p"].includes(pixelFormat);
}

/** Makes an H.264 copy, at most 1920 wide, that is there whole or not at all. Sound is left out: nobody needs it. */
export async function transcode(
	from: string,
	to: string,
	{ signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<void> {
	const { path } = await locateFfmpeg();
	await mkdir(dirname(to), { recursive: true, mode: 0o700 });
	const temporary = `${resolve(to)}.part`;
	let durationMs: number | null = null;
	const args = [
		...[...quiet, "-y", "-progress", "pipe:1", "-threads", "1", ...inputOf(from), "-map", "0:v:0"],
		...["-c:v", "libx264", "-vf", "scale=w='min(1920,iw)':h=-2,format=yuv420p"],
		...[
			"-preset",
			"veryfast",
			"-crf",
			"23",
			"-threads",
			"1",
			"-movflags",
			"+faststart",
			"-f",
			"mp4",
			`file:${temporary}`,
		],
	];
	try {
		await runFfmpeg(path, args, "transcode", {
			signal,
			onLine: (line) => (durationMs ??= readDurationMs(line)),
			onOutput: (chunk) => {
				const doneUs = [...chunk.toString().matchAll(/^out_time_us=(\d+)$/gm)].at(-1)?.[1];
				if (doneUs !== undefined && durationMs) onProgress(Math.min(1, Number(doneUs) / 1000 / durationMs));
			},
		});
		await rename(temporary, to);
	} finally {
		await rm(temporary, { force: true });
	}
}

export const sizeOf = (file: string) =>
	stat(file).then(
		({ size }) => size,
		() => null,
	);

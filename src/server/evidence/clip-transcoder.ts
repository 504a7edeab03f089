import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import ffmpeg from "fluent-ffmpeg";

/** fluent-ffmpeg is for finished files whose names we made ourselves; nothing from outside becomes an argument. */

/** Whether every browser plays it as it is: H.264 with 8 bits and halved colour. */
export async function isPlayableEverywhere(file: string): Promise<boolean> {
	const video = await firstVideoStream(file);
	return video.codec_name === "h264" && ["yuv420p", "yuvj420p"].includes(video.pix_fmt ?? "");
}

function firstVideoStream(file: string): Promise<ffmpeg.FfprobeStream> {
	return new Promise((resolve, reject) => {
		ffmpeg.ffprobe(file, (error: Error | null, data: ffmpeg.FfprobeData | undefined) => {
			const video = data?.streams.find((stream) => stream.codec_type === "video");
			if (video) resolve(video);
			else reject(new Error("ffprobe finds no video in the clip", { cause: error }));
		});
	});
}

/** Makes an H.264 copy, at most 1920 wide, that is there whole or not at all. Sound is left out: nobody needs it. */
export async function transcode(
	from: string,
	to: string,
	{ signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<void> {
	await mkdir(dirname(to), { recursive: true, mode: 0o700 });
	const temporary = `${to}.part`;
	try {
		await new Promise<void>((resolve, reject) => {
			const command = ffmpeg(from)
				.noAudio()
				.videoCodec("libx264")
				.videoFilters("scale=w='min(1920,iw)':h=-2,format=yuv420p")
				.outputOptions(["-preset veryfast", "-crf 23", "-threads 1", "-movflags +faststart"])
				.format("mp4")
				.on("progress", ({ percent }: { percent?: number | undefined }) =>
					onProgress(Math.min(1, Math.max(0, (percent ?? 0) / 100))),
				)
				.on("end", () => resolve())
				.on("error", (error: Error) => reject(error));
			const stop = () => command.kill("SIGKILL");
			signal.addEventListener("abort", stop, { once: true });
			command.on("end", () => signal.removeEventListener("abort", stop));
			if (signal.aborted) return reject(new Error("stopped before it began"));
			command.save(temporary);
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

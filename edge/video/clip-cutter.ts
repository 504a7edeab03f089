import { open, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import ffmpeg from "fluent-ffmpeg";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { renameDurably } from "#platform/write-atomically.ts";

/** Stream copy runs at the speed of the disk: whatever takes longer hangs. */
const timeoutS = 60;

/**
 * Joins segments of one format to one MP4 by stream copy. Durable order: write beside it, fsync, rename, fsync the
 * folder; after a power cut there is the whole clip or none. fluent-ffmpeg is used here because every name is our own
 * and the job ends; it never gets a camera's address or any text from outside.
 * @throws Error when it cannot be made; nothing is left behind
 */
export async function cutClip(options: {
	readonly files: readonly string[];
	readonly outFile: string;
	readonly isH265: boolean;
	readonly signal?: AbortSignal;
}): Promise<void> {
	const { path } = await locateFfmpeg();
	const outFile = resolve(options.outFile);
	const part = `${outFile}.part`;
	try {
		await join(path, options, part);
		await syncFile(part);
		await renameDurably(part, outFile);
	} catch (error) {
		await rm(part, { force: true });
		throw error;
	}
}

function join(
	program: string,
	{ files, isH265, signal }: Parameters<typeof cutClip>[0],
	outFile: string,
): Promise<void> {
	// "file:", since names are otherwise taken as relative to the pipe that the list comes through.
	const list = files.map((file) => `file 'file:${file.replaceAll("'", "'\\''")}'\n`).join("");
	// Browsers play H.265 in MP4 only under the name hvc1, where they play it at all.
	const tag = isH265 ? ["-tag:v", "hvc1"] : [];
	return new Promise((resolve, reject) => {
		signal?.throwIfAborted();
		const command = ffmpeg({ timeout: timeoutS })
			.setFfmpegPath(program)
			.input(Readable.from([list]))
			.inputOptions(["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe"])
			.outputOptions(["-map", "0:v:0", "-c", "copy", ...tag, "-movflags", "+faststart", "-f", "mp4"])
			.output(outFile)
			.on("error", (error: Error) => finish(error))
			.on("end", () => finish());
		const abort = () => command.kill("SIGKILL");
		const finish = (error?: Error) => {
			signal?.removeEventListener("abort", abort);
			if (error) reject(new Error(`the clip ${outFile} cannot be made`, { cause: error }));
			else resolve();
		};
		signal?.addEventListener("abort", abort, { once: true });
		command.run();
	});
}

async function syncFile(file: string): Promise<void> {
	const handle = await open(file, "r+");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

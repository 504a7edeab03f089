import { open, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { runFfmpeg } from "#platform/run-ffmpeg.ts";
import { renameDurably } from "#platform/write-atomically.ts";

/** Stream copy runs at the speed of the disk: whatever takes longer hangs. */
const timeoutMs = 60_000;

/**
 * Joins segments of one format to one MP4 by stream copy. Durable order: write beside it, fsync, rename, fsync the
 * folder; after a power cut there is the whole clip or none.
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

async function join(
	program: string,
	{ files, isH265, signal }: Parameters<typeof cutClip>[0],
	outFile: string,
): Promise<void> {
	// "file:", since names are otherwise taken as relative to the pipe that the list comes through.
	const list = files.map((file) => `file 'file:${file.replaceAll("'", "'\\''")}'\n`).join("");
	// Browsers play H.265 in MP4 only under the name hvc1, where they play it at all.
	const tag = isH265 ? ["-tag:v", "hvc1"] : [];
	const args = [
		...["-hide_banner", "-nostats", "-loglevel", "error", "-y"],
		...["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe", "-i", "pipe:0"],
		...["-map", "0:v:0", "-c", "copy", ...tag, "-movflags", "+faststart", "-f", "mp4", `file:${outFile}`],
	];
	try {
		await runFfmpeg(program, args, "clip", { input: list, timeoutMs, signal });
	} catch (cause) {
		throw new Error(`the clip ${outFile} cannot be made`, { cause });
	}
}

async function syncFile(file: string): Promise<void> {
	const handle = await open(file, "r+");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { locateFfmpeg } from "#platform/ffmpeg.ts";

export interface TestClip {
	readonly size?: string;
	/** Pictures per second. */
	readonly rate?: number;
	readonly seconds?: number;
	readonly codec?: "h264" | "h265";
	/** Pictures per group; default: one group a second. */
	readonly group?: number;
	readonly bFrames?: number;
	/** Shape of a pixel, as 2/1. */
	readonly pixelShape?: string;
	/** More arguments for ffmpeg, before the output. */
	readonly more?: readonly string[];
	/** More filters, after the picture. */
	readonly filter?: string;
}

const folder = mkdtempSync(join(tmpdir(), "keepclear-clips-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const made = new Map<string, Promise<string>>();

/** A small clip of ffmpeg's test picture, made once a run. */
export function testClip(clip: TestClip = {}): Promise<string> {
	const key = JSON.stringify(clip);
	const file = made.get(key) ?? make(clip, join(folder, `${made.size}.mp4`));
	made.set(key, file);
	return file;
}

async function make(clip: TestClip, file: string): Promise<string> {
	const { size = "320x180", rate = 10, seconds = 3, codec = "h264", pixelShape = "1/1" } = clip;
	const { group = rate, bFrames = 0, more = [], filter = "null" } = clip;
	const encoder =
		codec === "h264"
			? ["-c:v", "libx264", "-preset", "ultrafast", "-sc_threshold", "0", "-bf", String(bFrames)]
			: ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", `log-level=none:scenecut=0:bframes=${bFrames}`];
	const args = [
		"-nostdin",
		"-v",
		"error",
		"-f",
		"lavfi",
		"-i",
		`testsrc=size=${size}:rate=${rate}:duration=${seconds}`,
	];
	args.push("-vf", `setsar=${pixelShape},${filter}`, ...encoder, "-g", String(group), "-pix_fmt", "yuv420p");
	await runFfmpeg([...args, ...more, file]);
	return file;
}

/** A finished run of ffmpeg: what it wrote on standard output and standard error. */
export async function runFfmpeg(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
	const { path } = await locateFfmpeg();
	return promisify(execFile)(path, [...args], { maxBuffer: 16 << 20 });
}

/** Time stamps (ms from the first) and codec tag of a file's video packets, by a look of ffmpeg's at the whole file. */
export async function packetsOf(file: string): Promise<{ timesMs: number[]; tag: string; keys: number }> {
	const copy = ["-v", "info", "-hide_banner", "-i", file, "-map", "0:v:0", "-c", "copy", "-f", "framecrc", "-"];
	const { stdout, stderr } = await runFfmpeg(copy);
	const [, over, under] = /^#tb 0: (\d+)\/(\d+)/m.exec(stdout) ?? [];
	const rows = [...stdout.matchAll(/^0,\s*-?\d+,\s*(-?\d+),\s*(\d+),\s*\d+, \w+(, F=0x0)?/gm)];
	const times = rows.map((row) => (Number(row[1]) * 1000 * Number(over)) / Number(under)).sort((a, b) => a - b);
	const tag = /Video: \w+ .*?\((\w{4}) \//.exec(stderr)?.[1] ?? "";
	return { timesMs: times.map((time) => time - (times[0] ?? 0)), tag, keys: rows.filter((row) => !row[3]).length };
}

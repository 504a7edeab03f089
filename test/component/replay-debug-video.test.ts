import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CameraScene } from "#core/camera.ts";
import { defaultPolicy } from "#core/scene.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import { refuseVideoFile } from "../../edge/video/video-writer.ts";
import { DebugVideo } from "../../src/cli/replay/debug-video/debug-video.ts";
import { replayVideo } from "../../src/cli/replay/replay-video.ts";
import { runFfmpeg, testClip } from "../support/test-clips.ts";

const policy = { ...defaultPolicy, vehicleOnDelayMs: 2_000 };
const polygon = [
	[0.25, 0.25],
	[0.75, 0.25],
	[0.75, 0.75],
	[0.25, 0.75],
] as const;
const scene: CameraScene = { zones: [{ id: "lane", kind: "fire_lane", polygon, policy }] };
const car = { label: "car", confidence: 0.9, box: { x1: 0.4, y1: 0.4, x2: 0.6, y2: 0.6 } };
const seesOneCar: Detector = { detect: async () => [car], close: async () => {} };

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "keepclear-debug-video-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a video that lasts as long as the recording, with the zone's outline in the colour of its state", async () => {
	const file = join(folder, "seen.mp4");
	const still = await testClip({ seconds: 6, rate: 5, filter: "hue=s=0,loop=-1:size=1:start=0,trim=duration=6" });
	await replayed(still, file);
	expect(await shapeOf(file)).toMatchObject({ codec_name: "h264", width: 960, height: 580, pix_fmt: "yuv420p" });
	expect(Number((await shapeOf(file))["duration"])).toBeCloseTo(6, 0);
	const at = (seconds: number) => pixelsAt(file, seconds);
	// The middle of the zone's left side: green while clear, red once the car has stood there for two seconds.
	const clear = (await at(0.5))(0.25, 0.5);
	expect(clear.green).toBeGreaterThan(clear.red + 40);
	const occupied = (await at(5.5))(0.25, 0.5);
	expect(occupied.red).toBeGreaterThan(occupied.green + 80);
	expect(await readdir(folder)).toEqual(["seen.mp4"]);
});

test("nothing is left of a video that did not come to its end, and an older one stays as it was", async () => {
	const file = join(folder, "stopped.mp4");
	await writeFile(file, "of yesterday");
	const stop = new AbortController();
	const clip = await testClip({ seconds: 6, rate: 5 });
	await expect(replayed(clip, file, { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow();
	expect((await readdir(folder)).filter((name) => name.includes("part"))).toEqual([]);
	expect(await readFile(file, "utf8")).toBe("of yesterday");
});

test.each([
	["seen.webm", /must end in \.mp4/],
	["nowhere/seen.mp4", /there is no folder .*nowhere/],
])("%s is refused before anything is replayed", async (name, why) => {
	await expect(refuseVideoFile("--debug-video", join(folder, name))).rejects.toThrow(why);
});

async function replayed(
	video: string,
	file: string,
	more: { signal?: AbortSignal; onProgress?: () => void } = {},
): Promise<void> {
	const debugVideo = new DebugVideo(file);
	const signal = new AbortController().signal;
	try {
		await replayVideo({ video, scene, detector: seesOneCar, everyMs: 1000, debugVideo, signal, ...more });
	} finally {
		await debugVideo.close();
	}
}

async function shapeOf(file: string): Promise<Record<string, unknown>> {
	const asked = ["-v", "error", "-show_streams", "-of", "json", file];
	const { stdout } = await promisify(execFile)("ffprobe", asked);
	return (JSON.parse(stdout) as { streams: Record<string, unknown>[] }).streams[0] ?? {};
}

/** Of one frame; `x` and `y` are 0..1 of the camera's picture, below which lies the strip of words. */
async function pixelsAt(file: string, seconds: number) {
	const png = join(tmpdir(), `keepclear-debug-${process.pid}-${seconds}.png`);
	await runFfmpeg(["-v", "error", "-y", "-ss", String(seconds), "-i", file, "-frames:v", "1", png]);
	const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	await rm(png);
	return (x: number, y: number) => {
		const index = (Math.round(y * 540) * info.width + Math.round(x * info.width)) * info.channels;
		return { red: data[index] ?? 0, green: data[index + 1] ?? 0, blue: data[index + 2] ?? 0 };
	};
}

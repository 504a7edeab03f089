import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CameraScene } from "#core/camera.ts";
import { serializeCameraState } from "#core/camera-state.ts";
import { defaultPolicy } from "#core/scene.ts";
import { CameraPipeline } from "../../edge/camera-pipeline.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import { openRecording, type Recording } from "../../edge/video/file-frame-source.ts";
import { greyOf } from "../../edge/video/grey-of.ts";
import { cameraLooks, fileLooks, type LookSource } from "../../src/cli/record/look-sources.ts";
import { LooksWriter } from "../../src/cli/record/looks-writer.ts";
import { openLooks } from "../../src/cli/record/open-looks.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { testClip } from "../support/test-clips.ts";
import { silentLog } from "../support/watched-camera.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const policy = { ...defaultPolicy, vehicleOnDelayMs: 2_000 };
const polygon = [
	[0.2, 0.2],
	[0.8, 0.2],
	[0.8, 0.8],
	[0.2, 0.8],
] as const;
const scene: CameraScene = { zones: [{ id: "lane", kind: "fire_lane", polygon, policy }] };
const asGiven = { zones: [{ id: "lane", kind: "fire_lane", polygon }], policy: { vehicleOnDelayMs: 2_000 } };
const box = { x1: 0.4, y1: 0.4, x2: 0.6, y2: 0.6 };
const seesOneCar: Detector = {
	detect: async () => [{ label: "car", confidence: 0.9, box }],
	close: async () => {},
};
const never = new AbortController().signal;

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "keepclear-record-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a video, recorded", () => {
	let [clip, out] = ["", ""];
	beforeAll(async () => {
		clip = await testClip({ size: "720x404", seconds: 6, rate: 10, filter: "noise=alls=40:allf=t" });
		out = join(folder, "of-video");
		await record(await fileLooks(clip, { seconds: 60, everyMs: 500 }), out, 500);
	});

	test("holds every look, scene and where it is from", async () => {
		expect((await readdir(out)).sort()).toEqual(["about.json", "detections.jsonl", "grey", "scene.json"]);
		expect(await readdir(join(out, "grey"))).toHaveLength(12);
		expect(JSON.parse(await readFile(join(out, "about.json"), "utf8"))).toEqual({
			...{ v: 1, everyMs: 500, durationMs: 6000, firstAt: null, model: "none" },
		});
		const [first] = (await readFile(join(out, "detections.jsonl"), "utf8")).split("\n");
		expect(first).toBe('{"at":0,"detections":[["car",0.9,[0.4,0.4,0.6,0.6]]]}');
	});

	test("gives the rules the same brightness to the bit, and so the same state", async () => {
		const [video, { recording, detector }] = [await openRecording(clip, { sampleEveryMs: 500 }), await openLooks(out)];
		expect(await greysOf(recording)).toEqual(await greysOf(video));
		expect(recording).toMatchObject({ width: 640, height: 359, durationMs: 6000 });
		const ofVideo = await runRules(await openRecording(clip, { sampleEveryMs: 500 }), seesOneCar);
		const ofLooks = await runRules((await openLooks(out)).recording, detector);
		expect(ofLooks).toEqual(ofVideo);
		expect(ofLooks.kinds).toContain("raised");
	});

	test("is replayed at its own pace or a slower one, without a model", async () => {
		const { code, stdout } = await keepclear(["replay", out, "--json"]);
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({ durationMs: 6000, stats: { framesInferred: 12 } });
		const { recording } = await openLooks(out, { sampleEveryMs: 1000 });
		expect((await greysOf(recording)).length).toBe(6);
		await expect(openLooks(out, { sampleEveryMs: 200 })).rejects.toThrow(/was recorded every 500 ms/);
	});

	test("a folder that is damaged is told by its file", async () => {
		const file = join(out, "detections.jsonl");
		const whole = await readFile(file, "utf8");
		await writeFile(file, whole.replace('"car"', "car"));
		await expect(openLooks(out)).rejects.toThrow(/detections\.jsonl: line 1: is not/);
		await writeFile(file, whole);
		await rm(join(out, "grey", "000000500.webp"));
		await expect(openLooks(out).then(({ recording }) => greysOf(recording))).rejects.toThrow(
			/000000500\.webp: is missing/,
		);
	});
});

test("a camera is recorded for as long as was asked, at its pace", { timeout: 60_000 }, async () => {
	const clip = await testClip({ seconds: 3, rate: 10 });
	const camera = await startRtspCamera({ streams: [{ path: "/yard", clip }] });
	const out = join(folder, "of-camera");
	try {
		const options = { seconds: 2, everyMs: 500, transport: "tcp", log: silentLog } as const;
		await record(cameraLooks(camera.url("/yard"), options), out, 500);
	} finally {
		await camera.close();
	}
	const { recording } = await openLooks(out);
	const count = (await greysOf(recording)).length;
	expect(count).toBeGreaterThanOrEqual(3);
	expect(count).toBeLessThanOrEqual(6);
	expect(recording.durationMs).toBeLessThanOrEqual(2_000);
	const { firstAt } = JSON.parse(await readFile(join(out, "about.json"), "utf8")) as { firstAt: number };
	expect(Math.abs(firstAt - Date.now())).toBeLessThan(60_000);
});

test.each<[string, () => string[], RegExp]>([
	[
		"a scheme that is none of a camera's",
		() => ["http://camera/stream", "--out", "x"],
		/allowed are rtsp:\/\/ and rtsps/,
	],
	["a video that is not there", () => ["gone.mp4", "--out", "x"], /gone\.mp4: there is no such file/],
	["no folder", () => ["gone.mp4"], /--out/],
	["a time that is none", () => ["gone.mp4", "--out", "x", "--seconds", "0"], /1 to 86400/],
	["a folder that holds something", () => [join(folder, "some.mp4"), "--out", folder], /--out .*: is not empty/],
])("%s is refused with status 2", async (_what, args, why) => {
	await writeFile(join(folder, "some.mp4"), await readFile(await testClip({ seconds: 3, rate: 10 })));
	const { code, stderr } = await keepclear(["record", ...args()]);
	expect(stderr).toMatch(why);
	expect(code).toBe(2);
});

test("what did not come to its end leaves nothing", async () => {
	const out = join(folder, "broken-off");
	const clip = await testClip({ seconds: 3, rate: 10 });
	const fails: Detector = { detect: () => Promise.reject(new Error("no")), close: async () => {} };
	await expect(record(await fileLooks(clip, { seconds: 9, everyMs: 500 }), out, 500, fails)).rejects.toThrow("no");
	expect((await readdir(folder)).filter((name) => name.startsWith("broken-off"))).toEqual([]);
	await mkdir(out); // an empty folder is as good as none
	await record(await fileLooks(clip, { seconds: 1, everyMs: 500 }), out, 500);
	expect(await readdir(join(out, "grey"))).toHaveLength(3);
});

async function record(source: LookSource, out: string, everyMs: number, detector = seesOneCar): Promise<void> {
	const writer = await LooksWriter.into(out);
	try {
		await source.run(never, (frame) => writer.take(frame, detector, []));
		const durationMs = source.durationMs() ?? writer.recordedMs;
		await writer.end({ everyMs, durationMs, model: "none", isLive: source.isLive }, asGiven);
	} finally {
		await writer.close();
	}
}

/** A digest of each look's brightness. */
async function greysOf(recording: Recording): Promise<string[]> {
	const greys: string[] = [];
	for await (const frame of recording.frames(never)) {
		greys.push(createHash("sha256").update(greyOf(frame).luma).digest("hex"));
	}
	return greys;
}

async function runRules(recording: Recording, detector: Detector): Promise<{ kinds: string[]; state: string }> {
	const pipeline = new CameraPipeline({ scene, detector });
	const kinds: string[] = [];
	for await (const frame of recording.frames(never)) {
		kinds.push(...(await pipeline.take(frame)).map(({ kind }) => kind));
	}
	return { kinds, state: serializeCameraState(pipeline.state) };
}

function keepclear(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
	return new Promise((resolve) => {
		execFile(process.execPath, ["--import", "tsx", main, ...args], (error, stdout, stderr) =>
			resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
		);
	});
}

import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { loadFile } from "#platform/input-error.ts";
import { EvidenceStills } from "../../src/cli/replay/evidence-stills.ts";
import { replayVideo } from "../../src/cli/replay/replay-video.ts";
import { showReport } from "../../src/cli/replay/show-report.ts";
import { clipFile, recordedDetector } from "../support/recorded-detections.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const [video, sceneFile] = [clipFile("demo-fire-lane", ".mp4"), clipFile("demo-fire-lane", ".scene.json")];
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "keepclear-replay-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the demo recording, from video to report and stills", async () => {
	const { zones, policy } = await loadFile(sceneFileSchema, sceneFile);
	const stills = await EvidenceStills.into(join(folder, "evidence"), zones);
	const report = await replayVideo({
		video,
		scene: { zones: zones.map((zone) => ({ ...zone, policy })) },
		detector: recordedDetector("demo-fire-lane"),
		everyMs: 1000,
		stills,
		signal: new AbortController().signal,
	});
	const [{ id, occupancies }] = report.zones as [(typeof report.zones)[number]];
	expect(id).toBe("lane-1");
	expect(occupancies).toMatchObject([{ cause: "vehicle", label: "car", plate: null }]);
	expect(Math.abs(occupancies[0]!.enteredAtMs - 18_000)).toBeLessThanOrEqual(1_000);
	expect(Math.abs(occupancies[0]!.clearedAtMs! - 41_000)).toBeLessThanOrEqual(1_000);
	expect(report.durationMs).toBeCloseTo(55_000, -2);
	expect(report.stats).toMatchObject({ framesDecoded: 55, framesInferred: 55 });
	expect(report.stats.cpuMs).toBeGreaterThan(500); // with ffmpeg's share: 660 frames of 720p are decoded
	expect(showReport(report)).toMatch(/lane-1 +0:18\.0 +0:23\.0 +0:41\.5 +car/);
	const names = (await readdir(join(folder, "evidence"))).sort();
	expect(names.map((name) => name.replace(/^lane-1\.\w+\./, ""))).toEqual([
		"entry.jpg",
		"raised.jpg",
		"raised.marked.jpg",
	]);
	expect(await sharp(join(folder, "evidence", names[0]!)).metadata()).toMatchObject({ width: 1280, height: 720 });
	const reds = await Promise.all(names.slice(1).map((name) => redPixels(join(folder, "evidence", name))));
	expect(reds[1]! - reds[0]!).toBeGreaterThan(1_000); // the box is drawn into the marked one alone
});

describe("bad input ends with status 2 and says what, where and what is allowed", () => {
	beforeAll(async () => {
		await writeFile(join(folder, "empty.mp4"), "");
		await writeFile(join(folder, "text.mp4"), "this is no video\n".repeat(100));
		await writeFile(
			join(folder, "bad.json"),
			'{"zones":[{"id":"a","kind":"lane","polygon":[[0,0]]}],"policy":{"offDelay":1}}',
		);
		await writeFile(
			join(folder, "truth.json"),
			'{"clips":[{"file":"gone.mp4","duration_s":5,"polygons":{},"events":[]}]}',
		);
	});

	test.each<[string, (at: string) => string[], RegExp]>([
		["an empty video", (at) => ["replay", join(at, "empty.mp4"), "--scene", sceneFile], /empty\.mp4: is empty/],
		["a file that is no video", (at) => ["replay", join(at, "text.mp4"), "--scene", sceneFile], /text\.mp4: /],
		["a video that is not there", (at) => ["replay", join(at, "no.mp4"), "--scene", sceneFile], /no\.mp4: there is no/],
		[
			"a wrong scene",
			(at) => ["replay", video, "--scene", join(at, "bad.json")],
			/zones\[0\]\.kind[^]*zones\[0\]\.polygon[^]*policy\.offDelay/,
		],
		["no scene", () => ["replay", video], /--scene/],
		["a wrong pace", () => ["replay", video, "--scene", sceneFile, "--every", "5"], /200 to 10000/],
		["a model that nobody knows", () => ["replay", video, "--scene", sceneFile, "--model", "yolo99"], /yolo99/],
		[
			"evidence where no folder can be",
			(at) => ["replay", video, "--scene", sceneFile, "--evidence", join(at, "empty.mp4", "x")],
			/--evidence .*cannot be made/,
		],
		["a folder without truth.json", (at) => ["evaluate", join(at, "nothing")], /truth\.json: there is no such file/],
		["truth about a video that is not there", (at) => ["evaluate", at], /clips\[0\]\.file: gone\.mp4 is not there/],
	])("%s", async (_what, args, message) => {
		const { code, stdout, stderr } = await keepclear(args(folder));
		expect(stderr).toMatch(message);
		expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
		expect(stdout).toBe("");
		expect(code).toBe(2);
	});
});

async function redPixels(file: string): Promise<number> {
	const { data } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
	let count = 0;
	for (let i = 0; i < data.length; i += 3) if (data[i]! > 200 && data[i + 1]! < 120 && data[i + 2]! < 110) count += 1;
	return count;
}

function keepclear(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
	return new Promise((resolve) => {
		execFile(process.execPath, ["--import", "tsx", main, ...args], (error, stdout, stderr) =>
			resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
		);
	});
}

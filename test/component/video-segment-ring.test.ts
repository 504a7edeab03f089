import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { SegmentRing, type SegmentRingOptions } from "../../edge/video/segment-ring.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { packetsOf, runFfmpeg, type TestClip, testClip } from "../support/test-clips.ts";
import { silentLog, until, watchCamera } from "../support/watched-camera.ts";

/** A disk of a few kilobytes needs root; where that is not to be had, the test says that it was skipped. */
const mayMount = process.platform === "linux" && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
	const folder = mkdtempSync(join(tmpdir(), "keepclear-mount-"));
	try {
		execFileSync("mount", ["-t", "tmpfs", "-o", "size=100k", "none", folder], { stdio: "ignore" });
		execFileSync("umount", [folder], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const root = mkdtempSync(join(tmpdir(), "keepclear-ring-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(root, `ring ${(folders += 1)} with 'quotes' and 100%d`);

function openRing(more: Partial<SegmentRingOptions> = {}) {
	const folder = more.folder ?? newFolder();
	return { folder, ring: new SegmentRing({ folder, keepMs: 60_000, maxBytes: 1 << 30, log: silentLog, ...more }) };
}

async function record(clip: TestClip, ring: SegmentRing, finish: (stop: () => Promise<void>) => void) {
	const simulated = await startRtspCamera({ streams: [{ path: "/yard", clip: await testClip(clip) }] });
	const watched = watchCamera({ url: simulated.url("/yard"), ring });
	const stop = async () => {
		await watched.stop();
		await simulated.close();
	};
	finish(stop);
	return { simulated, watched, stop };
}

const segmentsIn = (folder: string) =>
	existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".mp4")) : [];
const coversMs = (ring: SegmentRing, sinceAt: number) => (ring.coversUntil ?? 0) - sinceAt;

describe.concurrent("the segment ring", () => {
	test.for(["h264", "h265"] as const)("gives a clip of %s whose times are true", async (codec, context) => {
		const { expect, onTestFinished } = context;
		const { folder, ring } = openRing({ segmentMs: 1_000 });
		const { stop } = await record({ codec, seconds: 4 }, ring, onTestFinished);
		await until("four segments", () => segmentsIn(folder).length >= 4, { lastSeen: () => segmentsIn(folder) });
		const late = Date.now() - (ring.coversUntil ?? 0);
		expect(late).toBeGreaterThanOrEqual(-50);
		expect(late).toBeLessThan(2_500);
		await stop();
		const outFile = join(folder, "clip.mp4");
		// Not the first segment: of the first pictures of a session ffmpeg only guesses the times.
		const fromAt = (ring.coversUntil ?? 0) - 2_500;
		const clip = await ring.cut({ fromAt, toAt: fromAt + 2_000, outFile });
		expect(clip?.codec).toBe(codec);
		expect(clip?.startedAt).toBeLessThanOrEqual(fromAt);
		expect(clip?.startedAt).toBeGreaterThan(fromAt - 1_200);
		expect((clip?.startedAt ?? 0) + (clip?.durationMs ?? 0)).toBeGreaterThanOrEqual(fromAt + 2_000);
		const { timesMs, tag } = await packetsOf(outFile);
		expect(tag).toBe(codec === "h264" ? "avc1" : "hvc1");
		expect(Math.abs((timesMs.at(-1) ?? 0) + 100 - (clip?.durationMs ?? 0))).toBeLessThanOrEqual(2);
		for (const [index, time] of timesMs.entries()) expect(Math.abs(time - index * 100)).toBeLessThanOrEqual(2);
		const decoded = await runFfmpeg(["-v", "error", "-xerror", "-i", outFile, "-f", "null", "-"]);
		expect(decoded.stderr).toBe("");
	});

	test("says when a picture was there: its clip's wall clock agrees with the frames'", async (context) => {
		const { expect, onTestFinished } = context;
		const { folder, ring } = openRing();
		// Dark for 3 s, then bright for 3 s.
		const filter =
			"drawbox=color=white:thickness=fill:enable='gte(t,3)',drawbox=color=black:thickness=fill:enable='lt(t,3)'";
		const { watched } = await record({ seconds: 6, filter }, ring, onTestFinished);
		const isBright = (frame: { rgb: Uint8Array }) => (frame.rgb[frame.rgb.length >> 1] ?? 0) > 128;
		const dark = await until("a dark frame", () => watched.frames.find((frame) => !isBright(frame)));
		const turnedAt = await until(
			"a bright frame after it",
			() => watched.frames.find((frame) => frame.capturedAt > dark.capturedAt && isBright(frame))?.capturedAt,
		);
		await until("the ring to cover it", () => coversMs(ring, turnedAt) > 500);
		const outFile = join(folder, "turn.mp4");
		const clip = await ring.cut({ fromAt: turnedAt - 1_000, toAt: turnedAt + 400, outFile });
		const { stderr } = await runFfmpeg(["-v", "info", "-i", outFile, "-vf", "blackdetect=d=0.1", "-f", "null", "-"]);
		const turnInClipS = Number(/black_end:([\d.]+)/.exec(stderr)?.[1]);
		const error = (clip?.startedAt ?? 0) + turnInClipS * 1000 - turnedAt;
		expect(error).toBeLessThan(150); // the frame is sampled after the turn, by at most 500 ms
		expect(error).toBeGreaterThan(-800);
	});

	test("is read again after a restart; what was unfinished is swept away", async ({ expect, onTestFinished }) => {
		const { folder, ring } = openRing();
		const { stop } = await record({}, ring, onTestFinished);
		await until("a segment", () => ring.coversUntil);
		await stop();
		writeFileSync(join(folder, "999-1.part"), "unfinished");
		const again = openRing({ folder }).ring;
		expect(again.coversUntil).toBe(ring.coversUntil);
		expect(readdirSync(folder).filter((name) => !name.endsWith(".mp4"))).toEqual([]);
		const now = again.coversUntil ?? 0;
		expect(await again.cut({ fromAt: now - 500, toAt: now, outFile: join(folder, "c.mp4") })).not.toBeNull();
		expect(await again.cut({ fromAt: now + 1, toAt: now + 2, outFile: join(folder, "d.mp4") })).toBeNull();
	});

	test("does not count on what a power loss left empty", ({ expect }) => {
		const folder = newFolder();
		mkdirSync(folder);
		writeFileSync(join(folder, "1800000000000-2000-h264-1a2b3c4d.mp4"), "");
		expect(openRing({ folder }).ring.coversUntil).toBeNull();
		expect(readdirSync(folder)).toEqual([]);
	});

	test("gives a photo of the next segment where one holds noise alone", async ({ expect, onTestFinished }) => {
		const { folder, ring } = openRing({ segmentMs: 1_000 });
		const { stop } = await record({}, ring, onTestFinished);
		await until("two segments", () => segmentsIn(folder).length >= 2);
		await stop();
		const startedAt = Math.min(...segmentsIn(folder).map((name) => Number(name.split("-", 1)[0])));
		const noise = { fromAt: startedAt - 2_000, toAt: startedAt - 1, take: "first" } as const;
		writeFileSync(join(folder, `${noise.fromAt}-2000-h264-1a2b3c4d.mp4`), randomBytes(50_000));
		const again = openRing({ folder }).ring;
		const photo = await again.photo({ ...noise, toAt: startedAt + 2_000 });
		expect((photo?.capturedAt ?? 0) - startedAt).toBeGreaterThanOrEqual(0);
		expect((photo?.capturedAt ?? 0) - startedAt).toBeLessThan(200);
		await expect(again.photo(noise)).rejects.toThrow("no picture can be decoded");
		await expect(again.photo(noise)).rejects.toThrow("no picture can be decoded");
		expect(await again.photo(noise)).toBeNull();
	});

	test("keeps no more than it may", async ({ expect, onTestFinished }) => {
		const { folder, ring } = openRing({ keepMs: 2_000, segmentMs: 1_000 });
		await record({}, ring, onTestFinished);
		const startedAt = await until("a segment", () => ring.coversUntil);
		await until("five seconds more", () => coversMs(ring, startedAt) > 5_000, { lastSeen: () => ring.coversUntil });
		const names = segmentsIn(folder);
		expect(names.length).toBeGreaterThanOrEqual(1);
		expect(names.length).toBeLessThanOrEqual(4);
	});

	test("a folder that cannot be written: frames go on, and recording comes back by itself", async (context) => {
		const { expect, onTestFinished } = context;
		const { folder, ring } = openRing();
		mkdirSync(root, { recursive: true });
		writeFileSync(folder, "a file where the folder should be");
		const { watched } = await record({}, ring, onTestFinished);
		await until("recording to be off", () => watched.recording.length > 0);
		expect(watched.recording).toEqual([false]);
		const count = watched.frames.length;
		await until("more frames", () => watched.frames.length > count + 2);
		rmSync(folder);
		await until("recording to be on", () => watched.recording.at(-1));
		expect(watched.recording).toEqual([false, true]);
		expect(ring.coversUntil).not.toBeNull();
	});

	test.skipIf(!mayMount)("a full disk: frames go on, recording comes back with the room", async (context) => {
		const { expect, onTestFinished } = context;
		const { folder, ring } = openRing();
		mkdirSync(folder, { recursive: true });
		execFileSync("mount", ["-t", "tmpfs", "-o", "size=400k", "none", folder]);
		onTestFinished(() => void execFileSync("umount", ["-l", folder]));
		writeFileSync(join(folder, "other data"), Buffer.alloc(380 << 10));
		const { watched } = await record({}, ring, onTestFinished);
		await until("recording to be off", () => watched.recording.length > 0);
		expect(watched.recording).toEqual([false]);
		expect(readdirSync(folder)).toEqual(["other data"]);
		const count = watched.frames.length;
		await until("more frames", () => watched.frames.length > count + 2);
		rmSync(join(folder, "other data"));
		await until("recording to be on", () => watched.recording.at(-1));
		expect(watched.recording).toEqual([false, true]);
	});

	test("a clip that cannot be written is an error and leaves nothing", async ({ expect, onTestFinished }) => {
		const { folder, ring } = openRing();
		const { stop } = await record({}, ring, onTestFinished);
		const until1 = await until("a segment", () => ring.coversUntil);
		await stop();
		const outFile = join(folder, "no", "such", "folder.mp4");
		await expect(ring.cut({ fromAt: until1 - 500, toAt: until1, outFile })).rejects.toThrow(/cannot be made/);
		const [first = ""] = segmentsIn(folder);
		writeFileSync(join(folder, first), "not a video any more");
		const broken = { fromAt: Number(first.slice(0, 13)), toAt: Number(first.slice(0, 13)) + 1 };
		await expect(ring.cut({ ...broken, outFile: join(folder, "broken.mp4") })).rejects.toThrow(/cannot be made/);
		expect(readdirSync(folder).filter((name) => name.startsWith("broken"))).toEqual([]);
	});

	test("another size in mid-stream: clips are of one size, and playable", async ({ expect, onTestFinished }) => {
		const { folder, ring } = openRing();
		const { simulated, watched, stop } = await record({}, ring, onTestFinished);
		await until("a segment", () => ring.coversUntil);
		await simulated.changeClip("/yard", await testClip({ size: "240x240" }));
		await until("another size", () => watched.videos.length > 1);
		const changedAt = Date.now();
		await until("segments after it", () => coversMs(ring, changedAt) > 3_000);
		await stop();
		const outFile = join(folder, "clip.mp4");
		expect(await ring.cut({ fromAt: changedAt + 1_500, toAt: changedAt + 2_500, outFile })).not.toBeNull();
		const { stderr } = await runFfmpeg(["-v", "info", "-xerror", "-i", outFile, "-f", "null", "-"]);
		expect(stderr).toContain("240x240");
	});
});

import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "#platform/input-error.ts";
import { openRecording } from "../../edge/video/file-frame-source.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { runFfmpeg, testClip } from "../support/test-clips.ts";

const folder = mkdtempSync(join(tmpdir(), "keepclear-recording-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const place = (name: string) => join(folder, name);

async function readAll(path: string, sampleEveryMs = 500) {
	const recording = await openRecording(path, { sampleEveryMs });
	const frames: Frame[] = [];
	for await (const frame of recording.frames(new AbortController().signal)) frames.push(frame);
	return { recording, frames, times: frames.map(({ capturedAt }) => capturedAt) };
}

async function refusal(path: string): Promise<string> {
	const error = await readAll(path).then(
		() => new Error("was not refused"),
		(reason: unknown) => reason,
	);
	if (!(error instanceof InputError)) throw error as Error;
	expect(error.problems).toHaveLength(1);
	expect(error.message.startsWith(`${path}: `)).toBe(true);
	return error.message.slice(path.length + 2);
}

describe("a recording's frames", () => {
	test("are timed by its own time stamps, from the first", async () => {
		const { recording, frames, times } = await readAll(await testClip({ seconds: 3, rate: 25, bFrames: 2 }));
		expect(times).toEqual([0, 520, 1040, 1560, 2080, 2600]);
		expect(recording.durationMs).toBe(3_000);
		expect([recording.width, recording.height]).toEqual([320, 180]);
		expect(recording.framesDecoded()).toBe(6);
		expect(frames.every(({ rgb }) => rgb.length === 320 * 180 * 3)).toBe(true);
	});

	test("of a variable rate come when they come", async () => {
		// Every second picture, then from 2 s on one in ten, and nothing before 0.4 s.
		const more = ["-fps_mode", "passthrough"];
		const filter = "select='gte(t,0.4)*(lt(t,2)*not(mod(n,2))+gte(t,2)*not(mod(n,10)))'";
		const { times } = await readAll(await testClip({ seconds: 5, rate: 10, filter, more }), 100);
		expect(times).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 2600, 3600]);
	});

	test("at one in two seconds are not repeated", async () => {
		const { times } = await readAll(await testClip({ seconds: 8, rate: 0.5, group: 1 }), 500);
		expect(times).toEqual([0, 2000, 4000, 6000]);
	});

	test("have square pixels", async () => {
		const { recording } = await readAll(await testClip({ size: "320x288", pixelShape: "8/5" }));
		expect([recording.width, recording.height]).toEqual([512, 288]);
	});

	test("stand upright where the video says that it lies on its side", async () => {
		const lying = await testClip({ pixelShape: "2/1" });
		const rotated = place("rotated.mp4");
		await runFfmpeg(["-v", "error", "-i", lying, "-c", "copy", "-metadata:s:v:0", "rotate=90", rotated]);
		const { recording, frames } = await readAll(rotated);
		expect([recording.width, recording.height]).toEqual([180, 640]);
		expect(frames[0]?.height).toBe(640);
	});

	test("are made small where asked, and come in a name with blanks and quotes", async () => {
		const path = place("it's a clip, 100%: one.mp4");
		copyFileSync(await testClip(), path);
		const recording = await openRecording(path, { sampleEveryMs: 500, maxSide: 160 });
		expect([recording.width, recording.height]).toEqual([160, 90]);
	});

	test("come as fast as they were recorded where asked", async () => {
		const recording = await openRecording(await testClip({ seconds: 2 }), { sampleEveryMs: 500, realtime: true });
		const startedAt = Date.now();
		for await (const frame of recording.frames(new AbortController().signal)) {
			expect(Date.now() - startedAt).toBeGreaterThan(frame.capturedAt - 100);
		}
	});

	test("wait for a slow reader, and end when they are stopped", async () => {
		const recording = await openRecording(await testClip({ seconds: 60, rate: 10 }), { sampleEveryMs: 100 });
		const stop = new AbortController();
		let count = 0;
		for await (const frame of recording.frames(stop.signal)) {
			count += 1;
			if (frame.capturedAt >= 1_000) stop.abort();
		}
		expect(count).toBeLessThan(200);
	});
});

describe("what is no recording is refused in a sentence", () => {
	test("no file, a folder, an empty file, a text, sound alone", async () => {
		expect(await refusal(place("none.mp4"))).toBe("there is no such file");
		expect(await refusal(folder)).toMatch(/is a folder/);
		writeFileSync(place("empty.mp4"), "");
		expect(await refusal(place("empty.mp4"))).toMatch(/is empty/);
		writeFileSync(place("text.mp4"), "not a video\n".repeat(100));
		expect(await refusal(place("text.mp4"))).toMatch(/is not a video/);
		await runFfmpeg(["-v", "error", "-f", "lavfi", "-i", "sine=duration=1", place("sound.m4a")]);
		expect(await refusal(place("sound.m4a"))).toMatch(/holds no video/);
	});

	test("a playlist cannot make us open another file", async () => {
		const list = place("list.ffconcat");
		writeFileSync(list, `ffconcat version 1.0\nfile 'http://127.0.0.1:1/x.mp4'\n`);
		expect(await refusal(list)).toMatch(/is not a video|holds no picture/);
	});

	test("a video without its index", async () => {
		const cut = place("cut.mp4");
		copyFileSync(await testClip({ seconds: 3 }), cut);
		truncateSync(cut, 4_000);
		expect(await refusal(cut)).toMatch(/was cut off/);
	});

	test("a video that breaks off in the middle gives its frames and then says so", async () => {
		const whole = await testClip({ seconds: 10, more: ["-movflags", "+faststart"] });
		const cut = place("half.mp4");
		copyFileSync(whole, cut);
		truncateSync(cut, Math.round(readFileSync(whole).length / 2));
		expect(await refusal(cut)).toMatch(/^breaks off after \d\.\d s of 10\.0 s/);
	});

	test("a video without a single picture", async () => {
		const none = place("none-in-it.mp4");
		await runFfmpeg(["-v", "error", "-i", await testClip(), "-c", "copy", "-frames:v", "0", none]).catch(() => {});
		expect(await refusal(none)).toMatch(/./);
	});
});

import { describe, expect, test } from "vitest";
import { parseFfmpegVersion } from "#platform/ffmpeg.ts";
import { explainEnd } from "../../edge/video/explain-end.ts";
import { readDurationMs, readInputVideo, ShownFrames } from "#platform/ffmpeg-report.ts";
import { NewestOnly } from "../../edge/video/newest-only.ts";
import { PpmReader } from "../../edge/video/ppm-reader.ts";
import { SignsOfLife } from "../../edge/video/signs-of-life.ts";

describe("what ffmpeg reports", () => {
	test("a frame's time is read to the unit of the stream, also after hours", () => {
		const frames = new ShownFrames();
		frames.read("[Parsed_showinfo_1 @ 0x55] config in time_base: 1/90000, frame_rate: 25/1");
		const line =
			"[Parsed_showinfo_1 @ 0x55] n:   8 pts:1080003600 pts_time:12000 pos:   -1 fmt:yuv420p sar:1/1 s:1280x720 i:P iskey:0";
		expect(frames.read(line)).toEqual({ ptsMs: 12_000_040, shape: "1280x720 1/1" });
		expect(frames.read("Stream mapping:")).toBeNull();
	});

	test.each([
		["  Stream #0:0: Video: h264 (High), yuv420p(progressive), 1280x720 [SAR 1:1 DAR 16:9], 25 fps", "h264", 1280, 720],
		["  Stream #0:1[0x2](und): Video: hevc (Main) (hvc1 / 0x31637668), yuvj420p(pc, bt709), 704x576", "h265", 704, 576],
	])("the video of %s", (line, codec, width, height) => {
		expect(readInputVideo(line)).toEqual({ codec, width, height });
	});

	test("audio is no video, and N/A is no duration", () => {
		expect(readInputVideo("  Stream #0:1: Audio: aac, 48000 Hz, mono")).toBeNull();
		expect(readDurationMs("  Duration: N/A, start: 0.000000")).toBeNull();
		expect(readDurationMs("  Duration: 01:01:01.04, start: 0.000000")).toBe(3_661_040);
	});

	test.each([
		["ffmpeg version 5.1.9-0+deb12u1 Copyright (c)", 5, 1],
		["ffmpeg version n7.1 Copyright", 7, 1],
		["ffmpeg version N-118000-g1234 Copyright", 99, 0],
	])("the version of %s", (text, major, minor) => {
		expect(parseFfmpegVersion(text)).toMatchObject({ major, minor });
	});

	test("an end is explained without repeating what ffmpeg wrote", () => {
		const lines = ["rtsp://me:secret@camera/: Could not find codec parameters for stream 0"];
		expect(explainEnd(lines, false)).toMatchObject({ problem: "corrupt_stream" });
		expect(explainEnd(lines, false).message).not.toContain("secret");
		expect(explainEnd([], true).problem).toBe("silent");
		expect(explainEnd([], false).problem).toBe("no_video");
	});
});

describe("pictures from the pipe", () => {
	test("are whole whatever the pieces, and may differ in size", () => {
		const pictures = [Buffer.from("P6\n2 1\n255\nabcdef"), Buffer.from("P6\n1 2\n255\nABCDEF")];
		const bytes = Buffer.concat(pictures);
		for (const size of [1, 3, 16, bytes.length]) {
			const reader = new PpmReader();
			const seen = [];
			for (let at = 0; at < bytes.length; at += size) seen.push(...reader.take(bytes.subarray(at, at + size)));
			expect(seen.map(({ width, height, rgb }) => `${width}x${height} ${rgb}`)).toEqual(["2x1 abcdef", "1x2 ABCDEF"]);
		}
	});

	test("something else is refused", () => {
		expect(() => [...new PpmReader().take(Buffer.alloc(100, "x"))]).toThrow(/PPM/);
		expect(() => [...new PpmReader().take(Buffer.from(`P6\n99999 99999\n255\n${"x".repeat(50)}`))]).toThrow(
			/too large/,
		);
	});
});

test("a slow receiver gets the newest and never two at once", async () => {
	const seen: number[] = [];
	const gates: (() => void)[] = [];
	const newest = new NewestOnly<number>(async (item) => {
		seen.push(item);
		await new Promise<void>((resolve) => gates.push(resolve));
	});
	for (const item of [1, 2, 3]) newest.offer(item);
	expect(seen).toEqual([1]);
	gates[0]?.();
	await new Promise(setImmediate);
	expect(seen).toEqual([1, 3]);
});

describe("the watchdog's verdict", () => {
	const start = performance.now();
	const life = (frameAfterMs: number | null, dataAfterMs: number | null, seesData = true) => {
		const signs = new SignsOfLife({ silentAfterMs: 10_000, noPictureAfterMs: 30_000, seesData });
		signs.frameAt = frameAfterMs === null ? null : start + frameAfterMs;
		signs.dataAt = dataAfterMs === null ? null : start + dataAfterMs;
		return signs;
	};

	test.each([
		["nothing ever", null, null, 11_000, "timeout"],
		["nothing any more", 20_000, 20_000, 31_000, "silent"],
		["data but no picture", null, 30_500, 31_000, "corrupt_stream"],
		["data but no picture any more", 10_000, 40_500, 41_000, "corrupt_stream"],
		["a slow camera", 20_000, 20_000, 29_000, undefined],
		["one that has just begun", null, null, 9_000, undefined],
	])("%s", (_, frameAt, dataAt, now, problem) => {
		expect(life(frameAt, dataAt).verdict(start + now)?.problem).toBe(problem);
	});

	test("over UDP the first key frame is waited for longer, then silence counts as always", () => {
		expect(life(null, null, false).verdict(start + 11_000)).toBeNull();
		expect(life(null, null, false).verdict(start + 31_000)?.problem).toBe("timeout");
		expect(life(20_000, null, false).verdict(start + 31_000)?.problem).toBe("silent");
	});
});

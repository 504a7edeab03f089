import { describe, expect, test } from "vitest";
import { NoiseWatch } from "../../edge/video/noise-watch.ts";

const refused = "Error while decoding stream #0:0: Invalid data found when processing input";
const damaged = "rtsp://127.0.0.1:5/a: corrupt decoded frame in stream 0";

function refusing(watch: NoiseWatch, times: number, everyMs: number, from = 0): number {
	for (let n = 0; n < times; n++) watch.read(refused, from + n * everyMs);
	return from + times * everyMs;
}
const begun = () => {
	const watch = new NoiseWatch();
	watch.shown(0);
	watch.isNoise();
	return watch;
};

describe("a decoded picture", () => {
	test("is noise amid packets that the decoder refuses, and the one that comes out of the pipe for it too", () => {
		const watch = begun();
		const at = refusing(watch, 6, 100);
		expect(watch.shown(at)).toBe(true);
		expect(watch.isNoise()).toBe(true);
	});

	test("is noise where it is damaged and but one was refused before it; damaged alone it is none", () => {
		const watch = begun();
		watch.read(damaged, 0);
		expect(watch.shown(10)).toBe(false);
		const at = refusing(watch, 1, 100, 20);
		watch.read(damaged, at);
		expect(watch.shown(at)).toBe(true);
		watch.read(damaged, at + 3_000);
		expect(watch.shown(at + 3_000)).toBe(false);
	});

	test("is none where few were refused, or long ago: on the way some is always lost", () => {
		for (const [times, everyMs] of [
			[5, 100],
			[6, 700],
		] as const) {
			const watch = begun();
			expect(watch.shown(refusing(watch, times, everyMs))).toBe(false);
		}
		const late = begun();
		expect(late.shown(refusing(late, 20, 100) + 3_000)).toBe(false);
	});

	test("is none where it is the first whole one of a connection that came in amid a group", () => {
		const watch = new NoiseWatch();
		const at = refusing(watch, 20, 40);
		expect(watch.shown(at)).toBe(false);
		expect(watch.shown(at + 40)).toBe(false);
	});

	test("is noise where a connection begins in noise with a damaged one; newer ffmpeg says it in other words", () => {
		const watch = new NoiseWatch();
		for (let n = 0; n < 8; n++)
			watch.read(
				"[vist#0:0/h264 @ 0x1] Error submitting packet to decoder: Invalid data found when processing input",
				n,
			);
		watch.read(damaged, 9);
		expect(watch.shown(10)).toBe(true);
	});
});

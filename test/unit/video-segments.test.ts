import { describe, expect, test } from "vitest";
import { ArrivalClock } from "../../edge/video/arrival-clock.ts";
import {
	readSegmentName,
	type Segment,
	segmentName,
	segmentsOfClip,
	segmentsToDrop,
} from "../../edge/video/segment.ts";

const t0 = 1_700_000_000_000;

function segment(atMs: number, durationMs = 2000, format = "h264-00000001", bytes = 100): Segment {
	const named = { startedAt: t0 + atMs, durationMs, format };
	return { ...named, file: segmentName(named), bytes };
}

const starts = (segments: readonly Segment[]) => segments.map(({ startedAt }) => startedAt - t0);

describe("segments of the ring", () => {
	test("a segment's name says what it is", () => {
		const { bytes, ...named } = segment(0);
		expect(bytes).toBe(100);
		expect(readSegmentName(named.file)).toEqual(named);
	});

	test.each(["x.mp4", "1700000000000-2000-h264-zz.mp4", "12-1.part", "1700000000000-2000-h264-00000001.mp4.part"])(
		"%s is not a segment",
		(name) => expect(readSegmentName(name)).toBeNull(),
	);

	const row = [segment(0), segment(2000), segment(4010), segment(6000)];

	test.each([
		[2500, 4500, [2000, 4010]],
		[2000, 4010, [2000]],
		[-9000, 99_000, [0, 2000, 4010, 6000]],
		[8000, 9000, []],
		[-9000, 0, []],
	])("a clip from %i to %i is made of the segments that it touches", (from, to, expected) => {
		expect(starts(segmentsOfClip(row, t0 + from, t0 + to))).toEqual(expected);
	});

	test("over a hole, or a change of the picture, goes the longest part", () => {
		const holed = [segment(0), segment(20_000), segment(22_000)];
		expect(starts(segmentsOfClip(holed, t0, t0 + 30_000))).toEqual([20_000, 22_000]);
		const changed = [segment(0), segment(2000), segment(4000, 2000, "h265-00000002")];
		expect(starts(segmentsOfClip(changed, t0, t0 + 30_000))).toEqual([0, 2000]);
	});

	test("what is too old goes, and then the oldest until there is room", () => {
		const limits = { keepMs: 5_000, maxBytes: 200 };
		expect(starts(segmentsToDrop(row, { ...limits, maxBytes: 1000 }, t0 + 8000))).toEqual([0]);
		expect(starts(segmentsToDrop(row, limits, t0 + 8000))).toEqual([0, 2000]);
		expect(segmentsToDrop(row, { keepMs: 1e9, maxBytes: 400 }, t0 + 8000)).toEqual([]);
	});
});

describe("the clock of arrivals", () => {
	test("takes the least delay: a burst at the start and jitter do not move it", () => {
		const clock = new ArrivalClock();
		clock.arrived(1000, t0 + 2900); // held back while ffmpeg looked at the stream
		clock.arrived(2000, t0 + 3000);
		clock.arrived(3000, t0 + 4350); // jitter
		expect(clock.wallClockOf(0)).toBe(t0 + 1000);
	});

	test("follows a camera whose clock drifts, and ours when it is set", () => {
		const clock = new ArrivalClock();
		for (let second = 1; second <= 100; second += 1) clock.arrived(second * 1000, t0 + second * 1010);
		expect(clock.wallClockOf(100_000)).toBeGreaterThan(t0 + 100_600);
		for (let second = 101; second <= 140; second += 1) clock.arrived(second * 1000, t0 + 3_600_000 + second * 1000);
		expect(clock.wallClockOf(140_000)).toBe(t0 + 3_740_000);
	});
});

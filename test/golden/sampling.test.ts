import { beforeAll, describe, expect, test } from "vitest";
import { sceneFileSchema } from "#contract/scene-file.ts";
import type { CameraScene } from "#core/camera.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { blindAfterMs, defaultPolicy } from "#core/scene.ts";
import { loadFile } from "#platform/input-error.ts";
import { CameraPipeline } from "../../edge/camera-pipeline.ts";
import { openRecording } from "../../edge/video/file-frame-source.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { DayCamera, dayScene } from "../day/day-camera.ts";
import type { DayThing } from "../day/things.ts";
import { clipFile, recordedDetector } from "../support/recorded-detections.ts";
import { periodsOf } from "../support/synthetic-camera.ts";
import { goldenClips, recordedEveryMs } from "./clips.ts";
import { otherTimes, type Sampled } from "./same-times.ts";

function expectSameTimes(finest: Sampled, others: readonly Sampled[]): void {
	expect(others.flatMap((other) => otherTimes(finest, other))).toEqual([]);
}

describe.each(goldenClips)("%s at 2, 1 and 0.5 looks a second", (clip) => {
	let sampled: readonly Sampled[];
	beforeAll(async () => {
		const { zones, policy } = await loadFile(sceneFileSchema, clipFile(clip, ".scene.json"));
		const scene: CameraScene = { zones: zones.map((zone) => ({ ...zone, policy })) };
		const runs = [1, 2, 4].map((each) => ({
			everyMs: each * recordedEveryMs,
			pipeline: new CameraPipeline({ scene, detector: recordedDetector(clip) }),
			events: [] as OccupancyEvent[],
		}));
		const recording = await openRecording(clipFile(clip, ".mp4"), { sampleEveryMs: recordedEveryMs });
		for await (const frame of recording.frames(new AbortController().signal)) {
			for (const { everyMs, pipeline, events } of runs) {
				if (frame.capturedAt % everyMs < recordedEveryMs) events.push(...(await pipeline.take(frame)));
			}
		}
		sampled = runs.map(({ everyMs, events }) => ({ everyMs, periods: periodsOf(events) }));
	});

	test("tells the same start, end and instant at which the on-delay is over", () => {
		const [finest, ...others] = sampled;
		expect(finest!.periods.length).toBeGreaterThan(0);
		expectSameTimes(finest!, others);
	});
});

describe.each([1, 2, 3, 4])("a generated stay, seed %i, at 5, 2, 1 and 0.5 looks a second", (seed) => {
	test("tells the same start, end and instant at which the on-delay is over", async () => {
		const arrivesAt = 11_300 + 170 * seed;
		const car: DayThing = {
			id: 1_000 + seed,
			label: "car",
			width: 0.17,
			height: 0.22,
			path: [
				{ at: arrivesAt - 6_000, x: -0.1, y: 0.64 },
				{ at: arrivesAt, x: 0.5, y: 0.64 },
				{ at: arrivesAt + 33_000, x: 0.5, y: 0.64 },
				{ at: arrivesAt + 39_000, x: 1.1, y: 0.64 },
			],
		};
		const piece = { name: "a car stands", things: [car], stretch: null, endsAt: 70_000 };
		const camera = new DayCamera({ seed, lastsMs: 1_000_000, pieces: [piece], gaps: [], kills: [] });
		const sampled: Sampled[] = [];
		for (const everyMs of [200, 500, 1_000, 2_000]) {
			const policy = { ...defaultPolicy, vehicleOnDelayMs: 10_000, blindAfterMs: blindAfterMs(everyMs) };
			const scene: CameraScene = { zones: dayScene.zones.map((zone) => ({ ...zone, policy })) };
			const pipeline = new CameraPipeline({ scene, detector: camera.detector });
			const count = Math.floor(70_000 / everyMs);
			const frames = Array.from({ length: count }, (_, index) => camera.frameAt(index * everyMs));
			sampled.push({ everyMs, periods: await periodsSeen(pipeline, frames) });
		}
		const [finest, ...others] = sampled;
		expect(Math.abs((finest!.periods[0]?.enteredAt ?? 0) - arrivesAt)).toBeLessThanOrEqual(1_200);
		expect(Math.abs((finest!.periods[0]?.clearedAt ?? 0) - arrivesAt - 33_000)).toBeLessThanOrEqual(1_200);
		expectSameTimes(finest!, others);
	});
});

async function periodsSeen(pipeline: CameraPipeline, frames: readonly Frame[]): Promise<OccupancyPeriod[]> {
	const events: OccupancyEvent[] = [];
	for (const frame of frames) events.push(...(await pipeline.take(frame)));
	return periodsOf(events);
}

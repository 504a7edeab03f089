import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { sceneFileSchema } from "#contract/scene-file.ts";
import type { CameraScene } from "#core/camera.ts";
import { loadFile } from "#platform/input-error.ts";
import { CameraPipeline } from "../../edge/camera-pipeline.ts";
import { openRecording } from "../../edge/video/file-frame-source.ts";
import { clipFile, recordedDetector } from "../support/recorded-detections.ts";
import { goldenClips, recordedEveryMs } from "./clips.ts";
import { lineOf } from "./timeline-line.ts";

/** Every look that was recorded, every second one, every fourth. */
const paces = [1, 2, 4].map((each) => each * recordedEveryMs);

/**
 * What the default model saw, through tracker and occupancy, as a page that people can read. `UPDATE_GOLDEN=1` writes it
 * anew: its diff is the change of behaviour.
 */
describe.each(goldenClips)("%s", (clip) => {
	let timelines: ReadonlyMap<number, string>;
	beforeAll(async () => {
		timelines = await timelinesOf(clip);
	});

	test.each(paces)("one look every %i ms", (everyMs) => {
		const file = fileURLToPath(new URL(`${clip}.${everyMs}ms.timeline.txt`, import.meta.url));
		const timeline = timelines.get(everyMs) ?? "";
		if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, timeline);
		expect(timeline).toBe(readFileSync(file, "utf8"));
	});
});

/** By pace. The recording is decoded once for all of them. */
async function timelinesOf(clip: string): Promise<ReadonlyMap<number, string>> {
	const { zones, policy } = await loadFile(sceneFileSchema, clipFile(clip, ".scene.json"));
	const scene: CameraScene = { zones: zones.map((zone) => ({ ...zone, policy })) };
	const recording = await openRecording(clipFile(clip, ".mp4"), { sampleEveryMs: recordedEveryMs });
	const runs = paces.map((everyMs) => ({
		everyMs,
		pipeline: new CameraPipeline({ scene, detector: recordedDetector(clip) }),
		lines: [] as string[],
	}));
	for await (const frame of recording.frames(new AbortController().signal)) {
		for (const { everyMs, pipeline, lines } of runs) {
			if (frame.capturedAt % everyMs >= recordedEveryMs) continue;
			for (const event of await pipeline.take(frame)) lines.push(lineOf(event));
		}
	}
	return new Map(runs.map(({ everyMs, lines }) => [everyMs, `${lines.join("\n")}\n`]));
}

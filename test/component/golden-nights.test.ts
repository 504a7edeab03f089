import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OnnxDetector } from "../../edge/detect/onnx-detector.ts";
import { watchVideo } from "../../fixtures/nights/evaluate/watch-video.ts";
import { makeNights } from "../../fixtures/nights/make-nights.ts";
import type { Night } from "../../fixtures/nights/night.ts";
import { evaluationPolicy } from "../../src/cli/evaluate/clip-scene.ts";
import { startDetector } from "../../src/cli/replay/detector-option.ts";
import { defaultModelName } from "../../edge/detect/model-store.ts";

/** Two of the golden nights for real: made, encoded, decoded, looked at by the default model. `npm run eval:golden` runs all. */
const names = ["night-infrared", "gaps-stream-lost"];
const everyMs = 1000;

let folder: string;
let nights: readonly Night[];
let detector: OnnxDetector;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-nights-"));
	nights = await makeNights(folder, names, () => {});
	detector = await startDetector({ every: everyMs, model: defaultModelName });
});
afterAll(async () => {
	await detector?.close();
	await rm(folder, { recursive: true, force: true });
});

test.each(names)("%s", async (name) => {
	const night = nights.find((each) => each.name === name);
	if (!night) throw new Error(`there is no night ${name}`);
	const watching = { detector, everyMs, policy: evaluationPolicy(everyMs), signal: new AbortController().signal };
	const { failures, remarks } = await watchVideo(night, join(folder, `${name}.mp4`), watching);
	expect({ failures, remarks }).toEqual({ failures: [], remarks: [] });
});

/**
 * CPU time of one look of one camera, now and at an earlier commit, as a ratio of one run: decoding, grey picture and rules
 * over the demo recording with what the model saw in it; with `--detector` the model as well. Both programs run in turn
 * in this process, so that whatever else the machine does falls on both.
 *
 *     npm run bench -- [--base COMMIT] [--rounds 3] [--detector]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { sceneFileSchema } from "#contract/scene-file.ts";
import type { CameraScene } from "#core/camera.ts";
import { cpuTimeMs } from "#platform/cpu-time.ts";
import { loadFile } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import type * as Pipeline from "../../edge/camera-pipeline.ts";
import type * as Source from "../../edge/video/file-frame-source.ts";
import type * as Store from "../../edge/detect/model-store.ts";
import type * as Onnx from "../../edge/detect/onnx-detector.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import { clipFile, recordedDetector } from "../support/recorded-detections.ts";

const { values } = parseArgs({
	options: {
		// The last before occupancy learnt of goods, view and metres.
		base: { type: "string", default: "d06b29b" },
		rounds: { type: "string", default: "3" },
		detector: { type: "boolean", default: false },
	},
});
const clip = "demo-fire-lane";
const everyMs = 1_000;
const here = fileURLToPath(new URL("../../", import.meta.url));

const baseFolder = mkdtempSync(join(tmpdir(), "keepclear-base-"));
try {
	git("worktree", "add", "--force", "--detach", baseFolder, values.base);
	for (const ignored of ["node_modules", "models/cache"]) symlinkSync(join(here, ignored), join(baseFolder, ignored));
	const { zones, policy } = await loadFile(sceneFileSchema, clipFile(clip, ".scene.json"));
	const scene: CameraScene = { zones: zones.map((zone) => ({ ...zone, policy })) };
	const programs = [await programIn("before", baseFolder, scene), await programIn("now", here, scene)] as const;
	for (let round = 0; round < Number(values.rounds); round++) for (const program of programs) await program.run();
	for (const { name, costs } of programs) console.log(`${name.padEnd(7)} ${median(costs).toFixed(1)} ms of CPU a look`);
	const [before, now] = programs;
	console.log(`now / before: ${(median(now.costs) / median(before.costs)).toFixed(2)}`);
	for (const { close } of programs) await close();
} finally {
	git("worktree", "remove", "--force", baseFolder);
	rmSync(baseFolder, { recursive: true, force: true });
}

/** The pipeline as it is in a working tree, whichever version that holds. */
async function programIn(name: string, folder: string, scene: CameraScene) {
	const load = async <T>(file: string) => (await import(pathToFileURL(join(folder, file)).href)) as T;
	const { CameraPipeline } = await load<typeof Pipeline>("edge/camera-pipeline.ts");
	const { openRecording } = await load<typeof Source>("edge/video/file-frame-source.ts");
	const model = values.detector ? await detectorIn(load) : null;
	const costs: number[] = [];
	const run = async () => {
		const recorded = recordedDetector(clip);
		const detector: Detector = model
			? {
					detect: async (frame, areas, signal) => {
						await model.detect(frame, areas, signal); // what it costs; what it sees must be the same for both
						return recorded.detect(frame, areas, signal);
					},
					close: () => model.close(),
				}
			: recorded;
		const pipeline = new CameraPipeline({ scene, detector });
		const recording = await openRecording(clipFile(clip, ".mp4"), { sampleEveryMs: everyMs });
		const startedAt = cpuTimeMs();
		let looks = 0;
		for await (const frame of recording.frames(new AbortController().signal)) {
			await pipeline.take(frame);
			looks += 1;
		}
		costs.push((cpuTimeMs() - startedAt) / looks);
	};
	return { name, costs, run, close: async () => model?.close() };
}

async function detectorIn(load: <T>(file: string) => Promise<T>): Promise<Detector> {
	const { loadModel } = await load<typeof Store>("edge/detect/model-store.ts");
	const { createOnnxDetector } = await load<typeof Onnx>("edge/detect/onnx-detector.ts");
	return createOnnxDetector({ model: await loadModel(), log: createLog("bench", "warn") });
}

function git(...args: readonly string[]): void {
	execFileSync("git", ["-C", here, ...args], { stdio: ["ignore", "ignore", "inherit"] });
}

function median(numbers: readonly number[]): number {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

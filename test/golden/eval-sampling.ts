import { Command } from "commander";
import { join } from "node:path";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import { loadFile } from "#platform/input-error.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { CameraPipeline } from "../../edge/camera-pipeline.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import { defaultModelName } from "../../edge/detect/model-store.ts";
import { openRecording } from "../../edge/video/file-frame-source.ts";
import { evaluationPolicy, sceneOf } from "../../src/cli/evaluate/clip-scene.ts";
import { type TruthClip, truthSchema } from "../../src/cli/evaluate/truth-file.ts";
import { startDetector } from "../../src/cli/replay/detector-option.ts";
import { runCommandLine } from "../../src/cli/run.ts";
import { periodsOf } from "../support/synthetic-camera.ts";
import { otherTimes, type Sampled } from "./same-times.ts";

/** Each recording in which something stays, at 5, 1.7, 1 and 0.5 looks a second, the slower ones at two phases. */
const samplings = [
	{ everyMs: 200, shift: 0 },
	{ everyMs: 600, shift: 0 },
	{ everyMs: 1_000, shift: 0 },
	{ everyMs: 1_000, shift: 0.5 },
	{ everyMs: 2_000, shift: 0 },
	{ everyMs: 2_000, shift: 0.5 },
];
const finestMs = 200;

/** `npm run eval:sampling -- DIR`: the model looks once at each frame; what is compared are the times that are told. */
const command = new Command("eval:sampling")
	.description("looks at the recordings of DIR/truth.json more and less often, and says where other times are told")
	.argument("<dir>", "folder with truth.json and the recordings")
	.exitOverride();
command.action(run);
await runCommandLine(command, process.argv);

async function run(folder: string): Promise<void> {
	const signal = shutdownSignal();
	const { clips } = await loadFile(truthSchema, join(folder, "truth.json"));
	const detector = await startDetector({ every: finestMs, model: defaultModelName });
	let off = 0;
	try {
		for (const clip of clips.filter(({ events }) => events.length > 0)) {
			const sampled = await sample(folder, clip, detector, signal);
			for (const one of sampled)
				console.log(`${clip.file.padEnd(34)} ${String(one.everyMs).padStart(5)} ms  ${told(one)}`);
			const [finest, ...others] = sampled;
			const problems = others.flatMap((other) => otherTimes(finest!, other));
			for (const problem of problems) console.log(`  NOT THE SAME  ${problem}`);
			off += problems.length;
		}
	} finally {
		await detector.close();
	}
	console.log(off === 0 ? "the same times everywhere" : `${off} times are off`);
	if (off > 0) process.exitCode = 1;
}

async function sample(folder: string, clip: TruthClip, detector: Detector, signal: AbortSignal): Promise<Sampled[]> {
	const once = remembering(detector);
	const runs = samplings.map(({ everyMs, shift }) => ({
		everyMs,
		slotOf: (at: number) => Math.floor(at / everyMs + shift),
		pipeline: new CameraPipeline({ scene: sceneOf(clip, evaluationPolicy(everyMs)), detector: once }),
		events: [] as OccupancyEvent[],
		slot: -1,
	}));
	const recording = await openRecording(join(folder, clip.file), { sampleEveryMs: finestMs });
	for await (const frame of recording.frames(signal)) {
		for (const one of runs) {
			const slot = one.slotOf(frame.capturedAt);
			if (slot === one.slot) continue;
			one.slot = slot;
			one.events.push(...(await one.pipeline.take(frame)));
		}
	}
	return runs.map(({ everyMs, events }) => ({ everyMs, periods: periodsOf(events) }));
}

/** One answer a frame, whoever asks. */
function remembering(detector: Detector): Detector {
	let last: { readonly at: number; readonly answer: ReturnType<Detector["detect"]> } | null = null;
	return {
		detect: (frame, areas, signal) => {
			if (last?.at !== frame.capturedAt) last = { at: frame.capturedAt, answer: detector.detect(frame, areas, signal) };
			return last.answer;
		},
		close: () => detector.close(),
	};
}

function told({ periods }: Sampled): string {
	const seconds = (ms: number | null) => (ms === null ? "–" : (ms / 1000).toFixed(1));
	return periods
		.map(({ zoneId, enteredAt, raisedAt, clearedAt }) =>
			[`${zoneId}: entered ${seconds(enteredAt)}`, `raised ${seconds(raisedAt)}`, `cleared ${seconds(clearedAt)}`].join(
				", ",
			),
		)
		.join("; ");
}

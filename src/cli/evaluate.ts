import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError, loadFile } from "#platform/input-error.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { evaluationPolicy, sceneOf } from "./evaluate/clip-scene.ts";
import { scoreClip } from "./evaluate/score.ts";
import { showSummary } from "./evaluate/show-summary.ts";
import { summarise } from "./evaluate/summary.ts";
import { type TruthClip, truthSchema } from "./evaluate/truth-file.ts";
import { progressLine } from "./progress-line.ts";
import { type LookOptions, startDetector, withLookOptions } from "./replay/detector-option.ts";
import { replayVideo } from "./replay/replay-video.ts";

export function registerEvaluate(program: Command): void {
	const command = program
		.command("evaluate")
		.description("replay every recording that DIR/truth.json names and compare with what really happened")
		.argument("<dir>", "folder with truth.json and the recordings")
		.option("--json", "one JSON object");
	withLookOptions(command).action(runEvaluate);
}

async function runEvaluate(folder: string, options: LookOptions & { readonly json?: true }): Promise<void> {
	const signal = shutdownSignal();
	const { clips } = await loadFile(truthSchema, join(folder, "truth.json"));
	await refuseMissing(folder, clips);
	const policy = evaluationPolicy(options.every);
	const detector = await startDetector(options);
	const progress = progressLine(process.stderr);
	try {
		const scores = [];
		for (const clip of clips) {
			const report = await replayVideo({
				video: join(folder, clip.file),
				scene: sceneOf(clip, policy),
				detector,
				everyMs: options.every,
				onProgress: (atMs) => progress.show(`${clip.file}: ${(atMs / 1000).toFixed(0)} of ${clip.duration_s} s`),
				signal,
			});
			const score = scoreClip(clip, report, policy);
			progress.say(
				`${clip.file}: ${score.stretches.filter(({ found }) => found).length} of ${score.stretches.length} found, ${score.falseAlerts.length} false`,
			);
			scores.push(score);
		}
		const summary = summarise(scores);
		console.log(options.json ? JSON.stringify(summary) : showSummary(summary));
	} finally {
		progress.end();
		await detector.close();
	}
}

async function refuseMissing(folder: string, clips: readonly TruthClip[]): Promise<void> {
	const problems: string[] = [];
	for (const [index, { file }] of clips.entries()) {
		const found = await access(join(folder, file)).then(
			() => true,
			() => false,
		);
		if (!found) problems.push(`${join(folder, "truth.json")}: clips[${index}].file: ${file} is not there`);
	}
	if (problems.length > 0) throw new InputError(problems);
}

import { resolve } from "node:path";
import type { Command } from "commander";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { blindAfterMs, type Scene } from "#core/scene.ts";
import { InputError, loadFile } from "#platform/input-error.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { refuseVideoFile } from "../../edge/video/video-writer.ts";
import { progressLine } from "./progress-line.ts";
import { DebugVideo } from "./replay/debug-video/debug-video.ts";
import { type LookOptions, startDetector, withLookOptions } from "./replay/detector-option.ts";
import { EvidenceStills } from "./replay/evidence-stills.ts";
import { replayVideo } from "./replay/replay-video.ts";
import { showReport } from "./replay/show-report.ts";

interface Options extends LookOptions {
	readonly scene: string;
	readonly json?: true;
	readonly evidence?: string;
	readonly debugVideo?: string;
	readonly realtime?: true;
}

export function registerReplay(program: Command): void {
	const command = program
		.command("replay")
		.description("run the edge's pipeline over a recording and print what it found")
		.argument("<video>", "any file that ffmpeg reads")
		.requiredOption("--scene <file>", "zones and policy, JSON or YAML")
		.option("--json", "one JSON object")
		.option("--evidence <dir>", "write two stills of each occupancy there: at its entry and at its raise")
		.option("--debug-video <file.mp4>", "write a video of what the rules saw and made of it, in real time")
		.option("--realtime", "as fast as it was recorded");
	withLookOptions(command).action(runReplay);
}

async function runReplay(video: string, options: Options): Promise<void> {
	const signal = shutdownSignal();
	const scene = await loadFile(sceneFileSchema, options.scene);
	const debugVideo = await debugVideoOf(video, options);
	const stills = options.evidence === undefined ? undefined : await EvidenceStills.into(options.evidence);
	const detector = await startDetector(options);
	const progress = progressLine(process.stderr);
	try {
		const report = await replayVideo({
			video,
			scene: cameraScene(scene, options.every),
			detector,
			everyMs: options.every,
			realtime: options.realtime ?? false,
			...(stills ? { stills } : {}),
			...(debugVideo ? { debugVideo } : {}),
			onProgress: (atMs, ofMs) => progress.show(`${(atMs / 1000).toFixed(0)} of ${(ofMs / 1000).toFixed(0)} s`),
			signal,
		});
		progress.end();
		console.log(options.json ? JSON.stringify(report) : showReport(report));
	} finally {
		progress.end();
		await debugVideo?.close();
		await detector.close();
	}
}

/** @throws InputError before the work of an hour is done for nothing, or the recording is written over */
async function debugVideoOf(video: string, { debugVideo: file }: Options): Promise<DebugVideo | undefined> {
	if (file === undefined) return undefined;
	await refuseVideoFile("--debug-video", file);
	if (resolve(file) === resolve(video)) throw new InputError(`--debug-video ${file}: is the recording itself`);
	return new DebugVideo(file);
}

function cameraScene({ zones, policy }: Scene, everyMs: number) {
	return { zones: zones.map((zone) => ({ ...zone, policy: { ...policy, blindAfterMs: blindAfterMs(everyMs) } })) };
}

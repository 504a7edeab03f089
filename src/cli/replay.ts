import type { Command } from "commander";
import { sceneFileSchema } from "#contract/scene-file.ts";
import type { CameraScene } from "#core/camera.ts";
import { blindAfterMs } from "#core/scene.ts";
import { loadFile } from "#platform/input-error.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { progressLine } from "./progress-line.ts";
import { type LookOptions, startDetector, withLookOptions } from "./replay/detector-option.ts";
import { EvidenceStills } from "./replay/evidence-stills.ts";
import { replayVideo } from "./replay/replay-video.ts";
import { showReport } from "./replay/show-report.ts";

interface Options extends LookOptions {
	readonly scene: string;
	readonly json?: true;
	readonly evidence?: string;
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
		.option("--realtime", "as fast as it was recorded");
	withLookOptions(command).action(runReplay);
}

async function runReplay(video: string, options: Options): Promise<void> {
	const signal = shutdownSignal();
	const scene = await loadFile(sceneFileSchema, options.scene);
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
			onProgress: (atMs, ofMs) => progress.show(`${(atMs / 1000).toFixed(0)} of ${(ofMs / 1000).toFixed(0)} s`),
			signal,
		});
		progress.end();
		console.log(options.json ? JSON.stringify(report) : showReport(report));
	} finally {
		progress.end();
		await detector.close();
	}
}

function cameraScene({ zones }: CameraScene, everyMs: number): CameraScene {
	return { zones: zones.map((zone) => ({ ...zone, policy: { ...zone.policy, blindAfterMs: blindAfterMs(everyMs) } })) };
}

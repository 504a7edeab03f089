import { resolve } from "node:path";
import type { Command } from "commander";
import { sceneFileSchema } from "#contract/scene-file.ts";
import type { CameraScene } from "#core/camera.ts";
import { blindAfterMs } from "#core/scene.ts";
import { createLog } from "#platform/log.ts";
import { InputError, loadFile } from "#platform/input-error.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import type { Recording } from "../../edge/video/file-frame-source.ts";
import { loadPlateModels } from "../../edge/plates/plate-models.ts";
import { createPlateReader, type PlateReader } from "../../edge/plates/plate-reader.ts";
import { refuseVideoFile } from "../../edge/video/video-writer.ts";
import { progressLine } from "./progress-line.ts";
import { looksFolder } from "./record/looks-folder.ts";
import { isLooksFolder, openLooks } from "./record/open-looks.ts";
import { DebugVideo } from "./replay/debug-video/debug-video.ts";
import { type LookOptions, startDetector, withLookOptions } from "./replay/detector-option.ts";
import { EvidenceStills } from "./replay/evidence-stills.ts";
import { ReplayPlates } from "./replay/replay-plates.ts";
import { replayVideo } from "./replay/replay-video.ts";
import { showReport } from "./replay/show-report.ts";

interface Options extends LookOptions {
	readonly scene?: string;
	readonly json?: true;
	readonly evidence?: string;
	readonly debugVideo?: string;
	readonly plates?: true;
	readonly realtime?: true;
}

export function registerReplay(program: Command): void {
	const command = program
		.command("replay")
		.description("run the edge's pipeline over a recording and print what it found")
		.argument("<video>", "any file that ffmpeg reads, or a folder that `record` made")
		.option("--scene <file>", "zones and policy, JSON or YAML; default: the one in the folder")
		.option("--json", "one JSON object")
		.option(
			"--evidence <dir>",
			"write stills of each occupancy there: at its entry, at its raise, and that with the outline drawn in",
		)
		.option("--debug-video <file.mp4>", "write a video of what the rules saw and made of it, in real time")
		.option(
			"--plates",
			"read the plates of what stands, as the edge does: slower; an exempt vehicle then raises nothing. Plates are " +
				"personal data: mind where the output goes",
		)
		.option("--realtime", "as fast as it was recorded");
	withLookOptions(command).action(runReplay);
}

async function runReplay(video: string, options: Options, command: Command): Promise<void> {
	const signal = shutdownSignal();
	const isFolder = await isLooksFolder(video);
	const sceneFile = options.scene ?? (isFolder ? looksFolder.scene(video) : null);
	if (sceneFile === null) throw new InputError("--scene FILE: is needed, a video does not say where its lanes are");
	const scene = await loadFile(sceneFileSchema, sceneFile);
	if (options.plates && isFolder) throw new InputError("--plates: needs a video; a folder of looks has no pictures");
	const plates = options.plates ? await openPlates() : null;
	const debugVideo = await debugVideoOf(video, options);
	const stills = options.evidence === undefined ? undefined : await EvidenceStills.into(options.evidence, scene.zones);
	const isPaceGiven = command.getOptionValueSource("every") !== "default";
	const source = isFolder ? await looksIn(video, options, isPaceGiven) : await modelFor(options);
	const { detector, everyMs } = source;
	const progress = progressLine(process.stderr);
	try {
		const report = await replayVideo({
			...{ video, detector, everyMs, signal },
			...(source.recording ? { recording: source.recording } : {}),
			scene: cameraScene(scene, everyMs),
			realtime: options.realtime ?? false,
			...(stills ? { stills } : {}),
			...(debugVideo ? { debugVideo } : {}),
			...(plates ? { plates: new ReplayPlates(plates) } : {}),
			onProgress: (atMs, ofMs) => progress.show(`${(atMs / 1000).toFixed(0)} of ${(ofMs / 1000).toFixed(0)} s`),
		});
		progress.end();
		console.log(options.json ? JSON.stringify(report) : showReport(report));
	} finally {
		progress.end();
		await debugVideo?.close();
		await detector.close();
		await plates?.close();
	}
}

/** @throws InputError where the models are not here */
async function openPlates(): Promise<PlateReader> {
	const log = createLog("replay", process.env["KEEPCLEAR_LOG_LEVEL"] ?? "warn");
	return createPlateReader({ models: await loadPlateModels(), log });
}

interface Source {
	readonly recording?: Recording;
	readonly detector: Detector;
	readonly everyMs: number;
}

/** A folder is replayed at its own pace where no other is asked for. */
function looksIn(folder: string, options: Options, isPaceGiven: boolean): Promise<Source> {
	const { every, realtime = false } = options;
	return openLooks(folder, { realtime, ...(isPaceGiven ? { sampleEveryMs: every } : {}) });
}

async function modelFor(options: Options): Promise<Source> {
	return { detector: await startDetector(options), everyMs: options.every };
}

/** @throws InputError before the work of an hour is done for nothing, or the recording is written over */
async function debugVideoOf(video: string, { debugVideo: file }: Options): Promise<DebugVideo | undefined> {
	if (file === undefined) return undefined;
	await refuseVideoFile("--debug-video", file);
	if (resolve(file) === resolve(video)) throw new InputError(`--debug-video ${file}: is the recording itself`);
	return new DebugVideo(file);
}

function cameraScene({ zones }: CameraScene, everyMs: number): CameraScene {
	return { zones: zones.map((zone) => ({ ...zone, policy: { ...zone.policy, blindAfterMs: blindAfterMs(everyMs) } })) };
}

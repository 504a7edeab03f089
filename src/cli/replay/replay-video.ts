import { cpuTimeMs } from "#platform/cpu-time.ts";
import type { CameraScene } from "#core/camera.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { CameraPipeline } from "../../../edge/camera-pipeline.ts";
import type { Detector } from "../../../edge/detect/detector.ts";
import { overlayOf } from "../../../edge/evidence/overlay.ts";
import { openRecording, type Recording } from "../../../edge/video/file-frame-source.ts";
import type { DebugVideo } from "./debug-video/debug-video.ts";
import type { Frame } from "../../../edge/video/frame.ts";
import type { EvidenceStills } from "./evidence-stills.ts";
import type { ReplayPlates } from "./replay-plates.ts";
import type { ReplayReport, ReportedOccupancy } from "./report.ts";

export interface ReplayOptions {
	readonly video: string;
	/** What it holds, where that is open already. */
	readonly recording?: Recording;
	readonly scene: CameraScene;
	readonly detector: Detector;
	readonly everyMs: number;
	readonly realtime?: boolean;
	readonly stills?: EvidenceStills;
	readonly debugVideo?: DebugVideo;
	/** Where plates are read; without it they are not, and `plate` is null. */
	readonly plates?: ReplayPlates;
	/** Everything that happens, in its order. */
	readonly onEvent?: (event: OccupancyEvent) => void;
	/** Where in the video it is, and how long that is, in ms. */
	readonly onProgress?: (atMs: number, durationMs: number) => void;
	readonly signal: AbortSignal;
}

/**
 * Runs the edge's own pipeline over a recording.
 * @throws InputError for what is no video
 */
export async function replayVideo(options: ReplayOptions): Promise<ReplayReport> {
	const {
		video,
		scene,
		detector,
		everyMs,
		realtime = false,
		stills,
		debugVideo,
		plates,
		onEvent,
		onProgress,
		signal,
	} = options;
	const [startedAt, cpuBefore] = [performance.now(), cpuTimeMs()];
	const recording = options.recording ?? (await openRecording(video, { sampleEveryMs: everyMs, realtime }));
	const pipeline = new CameraPipeline({ scene, detector });
	const periods = new Map<string, OccupancyPeriod>();
	let framesInferred = 0;
	const happened = async (events: readonly OccupancyEvent[], frame: Frame) => {
		for (const event of events) {
			if (event.kind === "raised" || event.kind === "cleared") periods.set(event.period.occupancyId, event.period);
			plates?.note(event);
			await stills?.take(event, frame);
			onEvent?.(event);
		}
	};
	for await (const frame of recording.frames(signal)) {
		await happened(await pipeline.take(frame, signal), frame);
		for (const { occupancyId, plate } of (await plates?.look(frame, pipeline.lastDetections, signal)) ?? []) {
			await happened(pipeline.plate(frame.capturedAt, occupancyId, plate), frame);
		}
		const { state, lastLooks: looks, lastDetections: detections } = pipeline;
		await debugVideo?.take(frame, overlayOf({ at: frame.capturedAt, state, scene, looks, detections }));
		framesInferred += 1;
		onProgress?.(frame.capturedAt, recording.durationMs);
	}
	signal.throwIfAborted();
	await debugVideo?.end(recording.durationMs);
	return {
		video,
		durationMs: recording.durationMs,
		zones: scene.zones
			.filter(({ kind }) => kind !== "ignore")
			.map(({ id }) => ({
				id,
				occupancies: [...periods.values()]
					.filter(({ zoneId }) => zoneId === id)
					.map((period) => reportedOccupancy(period, plates?.textOf(period.occupancyId))),
			})),
		stats: {
			framesDecoded: recording.framesDecoded(),
			framesInferred,
			cpuMs: Math.round(cpuTimeMs() - cpuBefore),
			wallMs: Math.round(performance.now() - startedAt),
		},
	};
}

/** A period of the rules as a report tells it. */
export function reportedOccupancy(period: OccupancyPeriod, plate: string | null = null): ReportedOccupancy {
	const { enteredAt, raisedAt, clearedAt, cause, label, confidence } = period;
	return {
		enteredAtMs: enteredAt,
		raisedAtMs: raisedAt,
		clearedAtMs: clearedAt,
		cause,
		label,
		confidence: Number(confidence.toFixed(3)),
		plate,
	};
}

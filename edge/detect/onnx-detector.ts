import { availableParallelism } from "node:os";
import type { Detection } from "#core/detection.ts";
import type { Polygon } from "#core/geometry/shapes.ts";
import type { Logger } from "#platform/log.ts";
import type { Frame } from "../video/frame.ts";
import { type Detector, DetectorError } from "./detector.ts";
import { detectionsSchema } from "./found-schemas.ts";
import type { LookTask } from "./inference-worker.ts";
import type { Letterbox, PixelRect } from "./letterbox.ts";
import { isCut, type LookPolicy, planLooks } from "./look-plan.ts";
import type { PreparedModel } from "./prepared-model.ts";
import { suppressOverlaps } from "./suppress-overlaps.ts";
import { WorkerPool } from "./worker-pool.ts";

const entry = new URL("./inference-worker.ts", import.meta.url);

export interface OnnxDetector extends Detector {
	/** The same workers, with a place of its own in the queue: one camera's flood does not starve the others. */
	forCamera(cameraId: string): Detector;
	/** How many looks wait for a worker at this moment. */
	readonly waiting: number;
}

/** One core stays free for the video and the program itself. */
export const defaultWorkers = (): number => Math.max(1, availableParallelism() - 1);

/**
 * Starts the workers and opens the model in each.
 * @throws DetectorError when the model cannot be run
 */
export async function createOnnxDetector({
	model,
	workers = defaultWorkers(),
	log,
	looks,
}: {
	model: PreparedModel;
	workers?: number;
	log: Logger;
	looks?: LookPolicy;
}): Promise<OnnxDetector> {
	const pool = await WorkerPool.start<LookTask, readonly Detection[]>(model, {
		...{ entry, found: detectionsSchema, workers, log },
	});
	const merge = (lists: readonly (readonly Detection[])[], tasks: readonly LookTask[], frame: Frame): Detection[] => {
		// Where the whole frame was looked at too, a part of something at a crop's edge is known better from there.
		const whole = lists.map((found, i) => {
			const region = tasks[i]?.letterbox.region;
			return tasks.length > 1 && region ? found.filter(({ box }) => !isCut(box, region, frame)) : found;
		});
		return suppressOverlaps(whole.flat(), model.spec.maxOverlap);
	};
	const view = (cameraId: string): Detector => ({
		async detect(frame: Frame, areas: readonly Polygon[], signal?: AbortSignal) {
			refuseMisshapen(frame);
			const tasks = planLooks(frame, areas, model.spec.input, looks).map((letterbox) => taskFor(letterbox, frame));
			return merge(await pool.look(cameraId, tasks, signal), tasks, frame);
		},
		close: async () => {},
	});
	return {
		...view(""),
		forCamera: view,
		close: () => pool.close(),
		get waiting() {
			return pool.waiting;
		},
	};
}

/** Otherwise rows of a picture that is too short would be looked at shifted, or as black. */
function refuseMisshapen({ width, height, rgb }: Frame): void {
	if (width < 1 || height < 1 || rgb.length !== width * height * 3)
		throw new DetectorError(`a frame of ${width} x ${height} has ${rgb.length} bytes instead of ${width * height * 3}`);
}

const taskFor = (letterbox: Letterbox, frame: Frame): LookTask => ({
	letterbox,
	rgb: pixelsOf(frame, letterbox.region),
	frameWidth: frame.width,
	frameHeight: frame.height,
});

/** The frame stays its owner's: what a worker gets is a copy of the part that it looks at. */
function pixelsOf(frame: Frame, { x, y, width, height }: PixelRect): Uint8Array<ArrayBuffer> {
	const out = new Uint8Array(width * height * 3);
	if (width === frame.width) {
		out.set(frame.rgb.subarray(y * width * 3, (y + height) * width * 3));
		return out;
	}
	for (let row = 0; row < height; row++) {
		const from = ((y + row) * frame.width + x) * 3;
		out.set(frame.rgb.subarray(from, from + width * 3), row * width * 3);
	}
	return out;
}

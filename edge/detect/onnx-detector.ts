import type { Logger } from "#platform/log.ts";
import type { Detector } from "./detector.ts";
import type { PreparedModel } from "./prepared-model.ts";

export interface OnnxDetector extends Detector {
	/** The same workers, with a place of its own in the queue: one camera's flood does not starve the others. */
	forCamera(cameraId: string): Detector;
}

/** @throws InputError when the model cannot be run */
export async function createOnnxDetector(_options: {
	model: PreparedModel;
	workers: number;
	log: Logger;
}): Promise<OnnxDetector> {
	throw new Error("not yet");
}

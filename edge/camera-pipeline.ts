import { type CameraScene, type CameraState, initialCameraState } from "#core/camera.ts";
import type { Detection } from "#core/detection.ts";
import type { OccupancyEvent, UnknownReason } from "#core/occupancy/types.ts";
import type { Detector } from "./detect/detector.ts";
import type { Frame } from "./video/frame.ts";

export interface CameraPipelineParts {
	readonly scene: CameraScene;
	readonly detector: Detector;
	/** The state that an earlier run left behind. */
	readonly saved?: CameraState;
}

/** The whole edge on one page: frame -> detections -> tracks -> stays -> occupancy. */
export class CameraPipeline {
	lastDetections: readonly Detection[] = [];
	state: CameraState;

	constructor({ saved }: CameraPipelineParts) {
		this.state = saved ?? initialCameraState();
	}

	async take(_frame: Frame, _signal?: AbortSignal): Promise<readonly OccupancyEvent[]> {
		return [];
	}

	blind(_at: number, _reason: UnknownReason): readonly OccupancyEvent[] {
		return [];
	}

	tick(_at: number): readonly OccupancyEvent[] {
		return [];
	}

	adoptScene(_scene: CameraScene, _at: number): readonly OccupancyEvent[] {
		return [];
	}
}

import type { Detection } from "#core/detection.ts";
import type { Polygon } from "#core/geometry/shapes.ts";
import type { Frame } from "../video/frame.ts";

/** Finds objects in frames. Work is done in other processes; calls may overlap and are queued. */
export interface Detector {
	/**
	 * @param areas where it matters (the zones' polygons). The detector looks at least there, with a margin, and may
	 * look at the whole frame. Boxes of the answer are normalised to the whole frame.
	 * @throws DetectorError when inference fails; the camera's lanes are then unknown.
	 */
	detect(frame: Frame, areas: readonly Polygon[], signal?: AbortSignal): Promise<readonly Detection[]>;
	close(): Promise<void>;
}

export class DetectorError extends Error {
	override readonly name = "DetectorError";
}

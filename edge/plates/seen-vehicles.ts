import { type Detection, isVehicle } from "#core/detection.ts";
import type { Box } from "#core/geometry/shapes.ts";

/** Vehicles that were seen further from an instant than this may be elsewhere by then. */
const mostGapMs = 2_500;
const rememberedMs = 300_000;

interface Seen {
	readonly at: number;
	readonly boxes: readonly Box[];
}

/** Where the detector saw vehicles at each camera in the last minutes, also those that only pass. In memory. */
export class SeenVehicles {
	readonly #seen = new Map<string, Seen[]>();

	note(cameraId: string, { at, detections }: { readonly at: number; readonly detections: readonly Detection[] }): void {
		const boxes = detections.filter(({ label }) => isVehicle(label)).map(({ box }) => box);
		const seen = this.#seen.get(cameraId) ?? [];
		const firstKept = seen.findIndex((each) => each.at > at - rememberedMs);
		this.#seen.set(cameraId, [...(firstKept < 0 ? [] : seen.slice(firstKept)), { at, boxes }]);
	}

	/** Of the look next to this instant; empty where nothing is known of it. */
	nextTo(cameraId: string, instant: number): readonly Box[] {
		const distance = ({ at }: Seen) => Math.abs(at - instant);
		const [nearest] = (this.#seen.get(cameraId) ?? []).toSorted((a, b) => distance(a) - distance(b));
		return nearest && distance(nearest) <= mostGapMs ? nearest.boxes : [];
	}

	forget(cameraId: string): void {
		this.#seen.delete(cameraId);
	}
}

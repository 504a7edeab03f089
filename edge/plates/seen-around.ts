import { type Detection, isVehicle } from "#core/detection.ts";
import type { Box } from "#core/geometry/shapes.ts";

/** What was seen further from an instant than this may be elsewhere by then. */
const mostGapMs = 2_500;
const rememberedMs = 300_000;

/** Boxes of everything that the detector saw in one look, also of what only passes. */
export interface Around {
	readonly vehicles: readonly Box[];
	readonly persons: readonly Box[];
}

/** Where the detector saw vehicles and people at each camera in the last minutes. In memory. */
export class SeenAround {
	readonly #seen = new Map<string, (Around & { readonly at: number })[]>();

	note(cameraId: string, { at, detections }: { readonly at: number; readonly detections: readonly Detection[] }): void {
		const boxesOf = (isIt: (label: string) => boolean) =>
			detections.filter(({ label }) => isIt(label)).map(({ box }) => box);
		const look = { at, vehicles: boxesOf(isVehicle), persons: boxesOf((label) => label === "person") };
		const seen = this.#seen.get(cameraId) ?? [];
		const firstKept = seen.findIndex((each) => each.at > at - rememberedMs);
		this.#seen.set(cameraId, [...(firstKept < 0 ? [] : seen.slice(firstKept)), look]);
	}

	/** The look next to this instant; null where none was near. */
	nextTo(cameraId: string, instant: number): Around | null {
		const distance = ({ at }: { readonly at: number }) => Math.abs(at - instant);
		const [nearest] = (this.#seen.get(cameraId) ?? []).toSorted((a, b) => distance(a) - distance(b));
		return nearest && distance(nearest) <= mostGapMs ? nearest : null;
	}

	forget(cameraId: string): void {
		this.#seen.delete(cameraId);
	}
}

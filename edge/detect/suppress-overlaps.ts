import { type Detection, isVehicle } from "#core/detection.ts";
import { intersectionOverUnion } from "#core/geometry/box.ts";

/**
 * Of boxes that overlap more than `maxOverlap` (IoU), the most confident stays. All vehicles count as one kind: what the
 * model calls a truck and, a little weaker, a car is one vehicle.
 */
export function suppressOverlaps(detections: readonly Detection[], maxOverlap: number): Detection[] {
	const kept: Detection[] = [];
	for (const candidate of [...detections].sort((a, b) => b.confidence - a.confidence)) {
		const same = (other: Detection) =>
			kindOf(other.label) === kindOf(candidate.label) && intersectionOverUnion(other.box, candidate.box) > maxOverlap;
		if (!kept.some(same)) kept.push(candidate);
	}
	return kept;
}

const kindOf = (label: string) => (isVehicle(label) ? "vehicle" : label);

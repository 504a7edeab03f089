import { type Detection, isVehicle } from "#core/detection.ts";
import type { Box } from "#core/geometry/shapes.ts";

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

export function intersectionOverUnion(a: Box, b: Box): number {
	const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
	const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
	if (width <= 0 || height <= 0) return 0;
	const shared = width * height;
	return shared / (areaOf(a) + areaOf(b) - shared);
}

const areaOf = (box: Box) => (box.x2 - box.x1) * (box.y2 - box.y1);
const kindOf = (label: string) => (isVehicle(label) ? "vehicle" : label);

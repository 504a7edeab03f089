import type { Point } from "#core/geometry/shapes.ts";
import { intersectionOverUnion } from "#core/geometry/box.ts";
import type { OutputTensor } from "../detect/raw-box.ts";
import type { PlatePlace } from "./plate-place.ts";
import { boundsOf, type Quad } from "./quad.ts";

const columns = 15;
const mostOverlap = 0.5;

/**
 * HyperLPR's finder: rows of centre, size, objectness, four corners (x, y each), and the scores of a plate with one row
 * and with two; pixels of the model's input.
 */
export function decodeY5fu({ data, dims }: OutputTensor, minConfidence: number): PlatePlace[] {
	const places: PlatePlace[] = [];
	for (let row = 0; row < (dims[1] ?? 0); row++) {
		const at = (column: number) => data[row * columns + column] as number;
		if (at(4) < minConfidence) continue;
		const [one, two] = [at(13), at(14)];
		const confidence = at(4) * Math.max(one, two);
		if (confidence < minConfidence) continue;
		const corner = (i: number): Point => [at(5 + 2 * i), at(6 + 2 * i)];
		places.push({
			quad: [corner(0), corner(1), corner(2), corner(3)] as Quad,
			confidence,
			rows: two > one ? "two" : "one",
		});
	}
	const kept: PlatePlace[] = [];
	for (const place of places.sort((a, b) => b.confidence - a.confidence)) {
		const box = boundsOf(place.quad);
		if (!kept.some((other) => intersectionOverUnion(boundsOf(other.quad), box) > mostOverlap)) kept.push(place);
	}
	return kept;
}

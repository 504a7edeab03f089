import { intersectionOverUnion } from "#core/geometry/box.ts";
import type { Box } from "#core/geometry/shapes.ts";
import type { PlateRead } from "#core/plates/plate-read.ts";

/** Two boxes that share this much of the smaller one are one plate. */
const samePlate = 0.5;

/** The best first; of several reads of one plate the best alone. */
export function withoutRepeats(reads: readonly PlateRead[]): PlateRead[] {
	const kept: PlateRead[] = [];
	for (const read of [...reads].sort((a, b) => worth(b) - worth(a)))
		if (!kept.some((other) => share(other.box, read.box) > samePlate)) kept.push(read);
	return kept;
}

/** Sure, large and whole: the plate that the picture was taken of. A vehicle that the picture cuts was not meant. */
const worth = ({ confidence, widthPx, box }: PlateRead) =>
	confidence ** 2 * Math.sqrt(widthPx) * (atEdge(box) ? 0.5 : 1);

const atEdge = ({ x1, y1, x2, y2 }: Box) => Math.min(x1, y1, 1 - x2, 1 - y2) < 0.003;

function share(a: Box, b: Box): number {
	const overlap = intersectionOverUnion(a, b);
	const [areaA, areaB] = [areaOf(a), areaOf(b)];
	const common = (overlap * (areaA + areaB)) / (1 + overlap);
	return common / Math.min(areaA, areaB);
}

const areaOf = ({ x1, y1, x2, y2 }: Box) => (x2 - x1) * (y2 - y1);

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

/** Sure and large: the plate that the picture was taken of. */
const worth = ({ confidence, widthPx }: PlateRead) => confidence ** 2 * Math.sqrt(widthPx);

function share(a: Box, b: Box): number {
	const overlap = intersectionOverUnion(a, b);
	const [areaA, areaB] = [areaOf(a), areaOf(b)];
	const common = (overlap * (areaA + areaB)) / (1 + overlap);
	return common / Math.min(areaA, areaB);
}

const areaOf = ({ x1, y1, x2, y2 }: Box) => (x2 - x1) * (y2 - y1);

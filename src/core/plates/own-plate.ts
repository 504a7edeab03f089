import { centreOf, intersectionOverUnion } from "../geometry/box.ts";
import type { Box } from "../geometry/shapes.ts";

/** A detection that overlaps the vehicle's box so much (IoU) is the vehicle itself, under whatever name. */
const itself = 0.5;
/** Of the picture's height: of two vehicles that reach down as far as that alike nobody knows which is in front. */
const alikeNear = 0.015;

/**
 * Of plates in a picture those that are a vehicle's own: in its box, and in no box of another vehicle that stands as near
 * to the camera or nearer. Where two overlap, the one that reaches further down hides the other, so a plate there is its.
 *
 * @param own where the vehicle stands; @param vehicles all that the detector saw about then, itself among them
 */
export function ownPlates<Read extends { readonly box: Box }>(
	reads: readonly Read[],
	own: Box,
	vehicles: readonly Box[],
): Read[] {
	const others = vehicles.filter((box) => intersectionOverUnion(box, own) < itself);
	return reads.filter(({ box }) => {
		const middle = centreOf(box);
		return holds(own, middle) && !others.some((other) => holds(other, middle) && other.y2 > own.y2 - alikeNear);
	});
}

const holds = ({ x1, y1, x2, y2 }: Box, [x, y]: readonly [number, number]) => x >= x1 && x <= x2 && y >= y1 && y <= y2;

import { intersectionOverUnion } from "../geometry/box.ts";
import type { Box } from "../geometry/shapes.ts";
import { type Patch, similarity } from "../picture/patch.ts";

/**
 * What the same vehicle at the same place must reach. A car of 4.5 m that moved by half a metre along the picture overlaps
 * with where it stood by 0.8, by a metre 0.64. The look is held against what the rules take for another thing after blind
 * time (`sameThingAfterBlindness`), since minutes lie between the two photos: light changes, people pass.
 */
export const least = { iou: 0.7, similarity: 0.7 } as const;

/** How a place looked in one photo, and where the detector had the thing then. */
export interface Standing {
	readonly box: Box;
	/** Of the place of the first photo's box, in both. */
	readonly patch: Patch | null;
}

/**
 * Whether what stood there in the first photo stands at the same place in the second. Null where neither can be told; one
 * figure out of tolerance is enough for "no".
 */
export function stoodStill(
	entry: Standing,
	confirmed: { readonly box: Box | null; readonly patch: Patch | null },
): { iou: number | null; similarity: number | null; stoodStill: boolean | null } {
	const iou = confirmed.box === null ? null : intersectionOverUnion(entry.box, confirmed.box);
	const alike = entry.patch && confirmed.patch ? similarity(entry.patch, confirmed.patch) : null;
	const told = [...(iou === null ? [] : [iou >= least.iou]), ...(alike === null ? [] : [alike >= least.similarity])];
	return { iou, similarity: alike, stoodStill: told.length === 0 ? null : told.every(Boolean) };
}

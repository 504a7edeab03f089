import { intersectionOverUnion } from "../geometry/box.ts";
import type { Box } from "../geometry/shapes.ts";

/** Part of a photo that must not be seen outside the site. */
export interface PhotoMask {
	readonly kind: "face" | "plate";
	readonly box: Box;
}

/** Where a person's face may be: the upper part of a standing one, more of one that bends, sits, or is cut. */
const headShare = { standing: 0.28, other: 0.5 };
/** So much higher than wide, a person stands. */
const standingAspect = 1.7;
/** Of the part's own sides, on each side: hair, a box that is drawn tightly. */
const margin = { face: 0.12, plate: 0.2 };
/** What a message may hold; of more the largest are told, for they are what anybody could recognise. */
const mostMasks = 64;
/** Two boxes that share so much (IoU) are one. */
const same = 0.7;

/**
 * What is to be masked of a photo, clipped to it.
 * @param persons boxes of whole persons; @param aspect the photo's width by its height
 */
export function photoMasks(persons: readonly Box[], plates: readonly Box[], aspect: number): PhotoMask[] {
	const faces = persons.map((box) => grown(headOf(box, aspect), margin.face));
	const masks = [
		...faces.map((box): PhotoMask => ({ kind: "face", box })),
		...plates.map((box): PhotoMask => ({ kind: "plate", box: grown(box, margin.plate) })),
	].filter(({ box }) => areaOf(box) > 0);
	return masks
		.filter((mask, at) => !masks.some((other, i) => i < at && isSame(mask, other)))
		.toSorted((a, b) => areaOf(b.box) - areaOf(a.box))
		.slice(0, mostMasks);
}

/** Those of a whole photo as those of a part of it. What lies outside the part is left out. */
export function masksWithin(masks: readonly PhotoMask[], part: Box): PhotoMask[] {
	const x = (at: number) => unit((at - part.x1) / (part.x2 - part.x1));
	const y = (at: number) => unit((at - part.y1) / (part.y2 - part.y1));
	return masks
		.map(({ kind, box }): PhotoMask => ({
			kind,
			box: { x1: x(box.x1), y1: y(box.y1), x2: x(box.x2), y2: y(box.y2) },
		}))
		.filter(({ box }) => areaOf(box) > 0);
}

function headOf({ x1, y1, x2, y2 }: Box, aspect: number): Box {
	const stands = y2 - y1 >= standingAspect * (x2 - x1) * aspect;
	return { x1, y1, x2, y2: y1 + (y2 - y1) * (stands ? headShare.standing : headShare.other) };
}

function grown({ x1, y1, x2, y2 }: Box, by: number): Box {
	const [x, y] = [(x2 - x1) * by, (y2 - y1) * by];
	return { x1: unit(x1 - x), y1: unit(y1 - y), x2: unit(x2 + x), y2: unit(y2 + y) };
}

const isSame = (a: PhotoMask, b: PhotoMask) => a.kind === b.kind && intersectionOverUnion(a.box, b.box) > same;
const unit = (value: number) => Math.min(1, Math.max(0, value));
const areaOf = ({ x1, y1, x2, y2 }: Box) => (x2 - x1) * (y2 - y1);

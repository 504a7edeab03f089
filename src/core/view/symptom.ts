import { type CellMatch, isKept, shareOf } from "./agreement.ts";
import { isDark, isFaint, isFlat } from "./light.ts";
import type { PictureMeasures } from "./picture-measures.ts";
import { isInPlace, type Placement } from "./placement.ts";
import type { Sharpness } from "./sharpness.ts";
import type { ViewReason } from "./types.ts";

/** Of the learned structure: so much of it gone without anything in its stead is a cover and not a bus. */
const emptyFrom = 0.62;
/** Against the reference's detail, where it had some. */
const emptyFine = 0.4;
const blurredFine = 0.42;
/** In half steps of mean bend: less detail than this is the sensor's own. */
const leastFine = 16;
const fewestBlurredCells = 6;
/** Of the reference's detail: enough that there is a scene, be it another one. */
const sceneFrom = 0.35;
/** A blurred picture's edges are broad: they fit a little less exactly. */
const blurredHeight = 4.5;
const movedKept = 0.35;
/** With less of the picture to see nothing can be told about the camera, and what hides it is known. */
const leastFreeShare = 0.15;

/** What one picture by itself looks like; time decides whether it is told. Null: nothing wrong. */
export function symptomOf(
	picture: PictureMeasures,
	placement: Placement | null,
	isSteady: boolean | null,
): ViewReason | null {
	if (isDark(picture.light)) return "too_dark";
	if (picture.freeShare < leastFreeShare) return null;
	if (!placement)
		return isFlat(picture.light) || (isFaint(picture.light) && isSteady === false) ? "lens_covered" : null;
	if (placement.elsewhere && placement.elsewhere.kept >= movedKept) return "camera_moved";
	return isInPlace(placement) ? symptomInPlace(picture, placement) : symptomOutOfPlace(picture, placement);
}

function symptomInPlace(picture: PictureMeasures, placement: Placement): ViewReason | null {
	if (isFlat(picture.light) || isBlurred(picture.sharpness, placement)) return "defocused";
	return emptyShare(picture.sharpness, placement) >= emptyFrom ? "lens_covered" : null;
}

function symptomOutOfPlace(picture: PictureMeasures, placement: Placement): ViewReason {
	if (!isFlat(picture.light) && detailShare(picture.sharpness, placement) >= sceneFrom) return "camera_moved";
	const stillThere = placement.near.height >= blurredHeight && isBlurred(picture.sharpness, placement);
	return stillThere ? "defocused" : "lens_covered";
}

/** Share of the learned cells in which neither the learned nor another structure is left. */
export function emptyShare(now: Sharpness, { reference, matches }: Placement): number {
	return shareOf(matches, (match) => {
		const { cell } = match;
		return !isKept(match) && now.fine[cell]! < emptyFine * Math.max(leastFine / 4, reference.sharpness.fine[cell]!);
	});
}

/** Fine detail is gone where coarse is left, in the half of the cells that had most of it. */
function isBlurred(now: Sharpness, { reference, matches }: Placement): boolean {
	const before = reference.sharpness;
	const detailed = matches
		.filter(({ cell }) => before.fine[cell]! >= leastFine)
		.sort((a, b) => before.fine[b.cell]! - before.fine[a.cell]!);
	const most = detailed.slice(0, Math.max(fewestBlurredCells, Math.ceil(detailed.length / 2)));
	if (most.length < fewestBlurredCells) return false;
	const fine = most.map(({ cell }) => now.fine[cell]! / before.fine[cell]!);
	const relative = most.map(
		({ cell }) => now.fine[cell]! / (now.coarse[cell]! + 2) / (before.fine[cell]! / (before.coarse[cell]! + 2)),
	);
	return middleOf(fine) < blurredFine && middleOf(relative) < blurredFine;
}

function detailShare(now: Sharpness, { reference, matches }: Placement): number {
	const sum = (sharpness: Sharpness) =>
		matches.reduce((total, { cell }: CellMatch) => total + Math.min(80, sharpness.fine[cell]!), 0);
	return sum(now) / Math.max(1, sum(reference.sharpness));
}

function middleOf(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

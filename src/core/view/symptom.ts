import { isKept, shareOf } from "./agreement.ts";
import { isDark, isFaint, isFlat } from "./light.ts";
import { linesIn } from "./lines.ts";
import type { PictureMeasures } from "./picture-measures.ts";
import { isInPlace, type Placement } from "./placement.ts";
import type { Sharpness } from "./sharpness.ts";
import type { ViewReason, ViewReference } from "./types.ts";

/** Of the learned structure: so little of it found, and so much of it gone with nothing in its stead, is no bus. */
const coveredKept = 0.36;
const emptyFrom = 0.5;
/** Of the reference's detail in the same cell. */
const emptyFine = 0.4;
const emptyCoarse = 0.3;
const blurredFine = 0.32;
const blurredCoarse = 0.1;
/** Of the cells that had most detail. */
const blurredFrom = 0.5;
/** In half steps of mean bend: less detail than this is the sensor's own. */
const leastFine = 16;
const leastCoarse = 6;
const fewestBlurredCells = 6;
/** A reference with fewer cells of detail is bare asphalt or a wall: whatever drives by hides all there was. */
const fewestDetailedCells = 4;
/** Of the reference's detail and of its lines: enough that there is a scene, be it another one. */
const sceneDetail = 0.35;
const sceneLines = 0.5;
/** A blurred picture's edges are broad: they fit a little less exactly. */
const blurredHeight = 4.5;
const movedKept = 0.35;
/** With less of the picture to see nothing can be told about the camera, and what hides it is known. */
const leastFreeShare = 0.15;

/**
 * What one picture by itself looks like; time decides whether it is told. Null: nothing wrong. `isSteady`: whether it is
 * the picture of the last seconds; `wasMoved`: whether the last look seemed to be from elsewhere.
 */
export function symptomOf(
	picture: PictureMeasures,
	placement: Placement | null,
	{ isSteady, wasMoved }: { readonly isSteady: boolean | null; readonly wasMoved: boolean },
): ViewReason | null {
	if (isDark(picture.light)) return "too_dark";
	if (picture.freeShare < leastFreeShare) return null;
	if (!placement) return hasNothing(picture, isSteady) ? "lens_covered" : null;
	if (placement.elsewhere && placement.elsewhere.kept >= movedKept) return "camera_moved";
	return isInPlace(placement, wasMoved) ? symptomInPlace(picture, placement) : symptomOutOfPlace(picture, placement);
}

function hasNothing({ light }: PictureMeasures, isSteady: boolean | null): boolean {
	return isFlat(light) || (isFaint(light) && isSteady === false);
}

function symptomInPlace(picture: PictureMeasures, placement: Placement): ViewReason | null {
	if (isFlat(picture.light) || isBlurred(picture.sharpness, placement)) return "defocused";
	if (placement.kept >= coveredKept) return null;
	return emptyShare(picture.sharpness, placement) >= emptyFrom ? "lens_covered" : null;
}

function symptomOutOfPlace(picture: PictureMeasures, placement: Placement): ViewReason | null {
	if (isBare(placement.reference) && !isFlat(picture.light)) return null;
	if (!isFlat(picture.light) && isScene(picture, placement)) return "camera_moved";
	const stillThere = placement.near.height >= blurredHeight && isBlurred(picture.sharpness, placement);
	return stillThere ? "defocused" : "lens_covered";
}

/**
 * Share of the learned cells in which neither the learned nor another structure is left: little against what was there,
 * or no more than in the blandest part of the picture, which is the sensor's noise.
 */
export function emptyShare(now: Sharpness, { reference, matches }: Placement): number {
	const before = reference.sharpness;
	const bland = now.fine.slice().sort()[Math.floor(now.fine.length * 0.1)]!;
	return shareOf(matches, (match) => {
		const { cell } = match;
		const isBland = now.fine[cell]! <= 1.4 * bland && before.fine[cell]! >= 2 * bland;
		const isEmpty =
			isBland ||
			now.fine[cell]! < emptyFine * Math.max(leastFine / 4, before.fine[cell]!) ||
			now.coarse[cell]! < emptyCoarse * Math.max(leastCoarse, before.coarse[cell]!);
		return isEmpty && !isKept(match);
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
	const blurred = most.filter(({ cell }) => {
		const fine = now.fine[cell]! / before.fine[cell]!;
		const coarse = (now.coarse[cell]! + 2) / (before.coarse[cell]! + 2);
		return coarse >= blurredCoarse && fine < blurredFine && fine < blurredFine * coarse;
	});
	return blurred.length >= blurredFrom * most.length;
}

function isBare({ sharpness }: ViewReference): boolean {
	return sharpness.fine.filter((fine) => fine >= leastFine).length < fewestDetailedCells;
}

/** Sharp things, and lines among them: noise and the weave of a bag are sharp as well. */
function isScene({ sharpness, edges }: PictureMeasures, { reference, matches }: Placement): boolean {
	const detail = (of: Sharpness) => matches.reduce((sum, { cell }) => sum + Math.min(80, of.fine[cell]!), 0);
	if (detail(sharpness) < sceneDetail * detail(reference.sharpness)) return false;
	return linesIn(edges) >= sceneLines * linesIn(reference.edges);
}

import { cellSide, type CellGrid } from "./cell-grid.ts";

/** A picture in steps of 1/256 of a brightness step: averages of many looks need more than 256 values. */
export type FinePicture = Uint16Array;
export const fine = 256;

/** How far beyond its cell a window reaches on each side, in pixels: 8 by 8 pixels tell textures apart, 4 by 4 do not. */
const reach = 2;

/** Brightness variance that noise and compression make by themselves, in steps of the work picture. */
const noiseVariance = 10;
/** A window whose brightness varies less than this shows no texture that could be compared. */
const flatVariance = 30;
/** Correlation from which two windows show the same texture. */
const sameTexture = 0.6;
/** A texture whose variance shrinks or grows more than this is another one, however well it correlates. */
const maxTextureRatio = 9;
/** Brightness may differ by this share, and by these steps, and still be the same surface. */
const maxLevelShare = 0.3;
const maxLevelSteps = 14;

/** Sums over the pixels of a look (a) and of a layer (b). */
export interface WindowSums {
	readonly count: number;
	readonly a: number;
	readonly b: number;
	readonly aa: number;
	readonly bb: number;
	readonly ab: number;
}

/**
 * Whether a window of a look shows what a layer remembers of it: texture by normalised correlation, so that light and
 * exposure do not count, and brightness by itself.
 * @param gain by how much the whole look is brighter than the layer
 * @param unit of the layer's values in brightness steps
 */
export function isAlike({ count, a, b, aa, bb, ab }: WindowSums, gain: number, unit = fine): boolean {
	const [meanA, meanB] = [a / count, b / (unit * count)];
	const expected = meanB * gain;
	if (Math.abs(meanA - expected) > Math.max(maxLevelSteps, maxLevelShare * expected)) return false;
	const varianceA = Math.max(0, aa / count - meanA * meanA - noiseVariance);
	const varianceB = Math.max(0, bb / (unit * unit * count) - meanB * meanB);
	const both = ab / (unit * count) - meanA * meanB;
	return isSameTexture(varianceA, varianceB * gain * gain, both * gain);
}

function isSameTexture(varianceA: number, varianceB: number, both: number): boolean {
	const [less, more] = varianceA < varianceB ? [varianceA, varianceB] : [varianceB, varianceA];
	if (more < flatVariance) return true;
	if (more > maxTextureRatio * Math.max(less, flatVariance / 2)) return false;
	return both >= sameTexture * Math.sqrt(Math.max(varianceA, flatVariance / 4) * Math.max(varianceB, flatVariance / 4));
}

/** Whether one cell of a look shows what a layer remembers of it. For many cells see `sumsOf`. */
export function isCellAlike(
	{ width, columns, rows }: CellGrid,
	luma: Uint8Array,
	layer: FinePicture | Uint8Array,
	cell: number,
	gain: number,
	unit = fine,
): boolean {
	const left = Math.max(0, (cell % columns) * cellSide - reach);
	const top = Math.max(0, Math.floor(cell / columns) * cellSide - reach);
	const right = Math.min(columns * cellSide, (cell % columns) * cellSide + cellSide + reach);
	const bottom = Math.min(rows * cellSide, Math.floor(cell / columns) * cellSide + cellSide + reach);
	let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
	for (let y = top; y < bottom; y++) {
		for (let i = y * width + left; i < y * width + right; i++) {
			const [x, z] = [luma[i]!, layer[i]!];
			a += x;
			b += z;
			aa += x * x;
			bb += z * z;
			ab += x * z;
		}
	}
	return isAlike({ count: (right - left) * (bottom - top), a, b, aa, bb, ab }, gain, unit);
}

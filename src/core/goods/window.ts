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

/** Whether a cell of a look shows what a layer remembers of it. */
export interface Likeness {
	readonly texture: boolean;
	readonly level: boolean;
}

export const isSame = ({ texture, level }: Likeness) => texture && level;

/**
 * Compares a look with a layer around one cell: texture by normalised correlation, so that light and exposure do not
 * count, and brightness by itself.
 * @param gain by how much the whole look is brighter than the layer
 * @param unit of the layer's values in brightness steps
 */
export function likeness(
	{ width, columns, rows }: CellGrid,
	luma: Uint8Array,
	layer: FinePicture | Uint8Array,
	cell: number,
	gain: number,
	unit = fine,
): Likeness {
	const left = Math.max(0, (cell % columns) * cellSide - reach);
	const top = Math.max(0, Math.floor(cell / columns) * cellSide - reach);
	const right = Math.min(columns * cellSide, (cell % columns) * cellSide + cellSide + reach);
	const bottom = Math.min(rows * cellSide, Math.floor(cell / columns) * cellSide + cellSide + reach);
	let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
	for (let y = top; y < bottom; y++) {
		for (let i = y * width + left; i < y * width + right; i++) {
			const a = luma[i] ?? 0;
			const b = (layer[i] ?? 0) / unit;
			sumA += a;
			sumB += b;
			sumAA += a * a;
			sumBB += b * b;
			sumAB += a * b;
		}
	}
	const count = (right - left) * (bottom - top);
	const [meanA, meanB] = [sumA / count, sumB / count];
	const varianceA = Math.max(0, sumAA / count - meanA * meanA - noiseVariance);
	const varianceB = Math.max(0, sumBB / count - meanB * meanB);
	const both = sumAB / count - meanA * meanB;
	const expected = meanB * gain;
	return {
		texture: isSameTexture(varianceA, varianceB * gain * gain, both * gain),
		level: Math.abs(meanA - expected) <= Math.max(maxLevelSteps, maxLevelShare * expected),
	};
}

function isSameTexture(varianceA: number, varianceB: number, both: number): boolean {
	const [less, more] = varianceA < varianceB ? [varianceA, varianceB] : [varianceB, varianceA];
	if (more < flatVariance) return true;
	if (more > maxTextureRatio * Math.max(less, flatVariance / 2)) return false;
	return both >= sameTexture * Math.sqrt(Math.max(varianceA, flatVariance / 4) * Math.max(varianceB, flatVariance / 4));
}

import { cellSide, widened } from "./cell-grid.ts";
import { levelOf } from "./cell-pixels.ts";
import type { Layers } from "./layers.ts";
import { fine, type FinePicture } from "./window.ts";

/** How a group of cells looks now, beside how the empty lane looked there. */
export interface RegionLook {
	/** Sum of squared brightness steps between neighbouring pixels, per pixel: edges count most. */
	readonly edges: { readonly now: number; readonly empty: number };
	/** Share of its pixels that are clearly brighter or darker than those of the empty lane. */
	readonly changed: number;
	/** Correlation of the fine textures, -1..1: light and shadow leave it high, a thing in front does not. */
	readonly sameTexture: number;
	/** Variance of the fine texture, now and empty. */
	readonly texture: { readonly now: number; readonly empty: number };
	/** Brightness now over brightness of the empty lane, over the region and in a ring around it. */
	readonly level: { readonly inside: number; readonly around: number };
	/** Brightness step between the region and the ring around it. */
	readonly step: { readonly now: number; readonly empty: number };
}

export function measureRegion({ grid, reference, present }: Layers, cells: readonly number[]): RegionLook {
	const inside = new Uint8Array(grid.columns * grid.rows);
	for (const cell of cells) inside[cell] = 1;
	const wide = widened(grid, inside, 2);
	const ring = [...wide.keys()].filter((cell) => wide[cell] === 1 && inside[cell] === 0);
	const level = (picture: FinePicture, of: readonly number[]) =>
		of.reduce((sum, cell) => sum + levelOf(grid, picture, cell), 0) / Math.max(1, of.length) / fine;
	const [insideNow, insideEmpty] = [level(present, cells), level(reference, cells)];
	const [ringNow, ringEmpty] = [level(present, ring), level(reference, ring)];
	return {
		edges: { now: edgesOf(present, cells, grid), empty: edgesOf(reference, cells, grid) },
		changed: changedShare(present, reference, cells, grid),
		...compareTextures(present, reference, cells, grid),
		level: { inside: (insideNow + 4) / (insideEmpty + 4), around: (ringNow + 4) / (ringEmpty + 4) },
		step: { now: insideNow - ringNow, empty: insideEmpty - ringEmpty },
	};
}

interface Grid {
	readonly width: number;
	readonly columns: number;
	readonly rows: number;
}

function edgesOf(picture: FinePicture, cells: readonly number[], { width, columns, rows }: Grid): number {
	let sum = 0;
	eachPixel(cells, columns, (x, y) => {
		if (x + 1 >= columns * cellSide || y + 1 >= rows * cellSide) return;
		const i = y * width + x;
		const right = picture[i + 1]! - picture[i]!;
		const below = picture[i + width]! - picture[i]!;
		sum += (right * right + below * below) / (fine * fine);
	});
	return sum / (cells.length * cellSide * cellSide);
}

/** Brightness steps that no noise makes in what was averaged, and the share that no change of exposure leaves behind. */
const clearly = { steps: 10, share: 0.12 };

/** Measured from the region's rim, which shows the ground: what differs there is light that the whole region shares. */
function changedShare(now: FinePicture, empty: FinePicture, cells: readonly number[], grid: Grid): number {
	const inside = new Uint8Array(grid.columns * grid.rows);
	for (const cell of cells) inside[cell] = 1;
	const ratios = new Float64Array(cells.length * cellSide * cellSide);
	const rim = new Float64Array(ratios.length);
	let [count, rimCount] = [0, 0];
	eachPixel(cells, grid.columns, (x, y) => {
		const i = y * grid.width + x;
		const ratio = (now[i]! + fine) / (empty[i]! + fine);
		ratios[count++] = ratio;
		if (isRim(x, y, inside, grid)) rim[rimCount++] = ratio;
	});
	const shared = rimCount === 0 ? 1 : rim.subarray(0, rimCount).sort()[rimCount >> 1]!;
	let [index, changed] = [0, 0];
	eachPixel(cells, grid.columns, (x, y) => {
		const was = (empty[y * grid.width + x]! / fine) * shared;
		const step = Math.abs(was * (ratios[index++]! / shared - 1));
		if (step > Math.max(clearly.steps, clearly.share * was)) changed += 1;
	});
	return changed / ratios.length;
}

/** Whether one of the four pixels around it is of a cell outside. */
function isRim(x: number, y: number, inside: Uint8Array, grid: Grid): boolean {
	return (
		isOutside(x - 1, y, inside, grid) ||
		isOutside(x + 1, y, inside, grid) ||
		isOutside(x, y - 1, inside, grid) ||
		isOutside(x, y + 1, inside, grid)
	);
}

function isOutside(x: number, y: number, inside: Uint8Array, { columns }: Grid): boolean {
	return inside[Math.floor(y / cellSide) * columns + Math.floor(x / cellSide)] !== 1;
}

/** Fine texture: what is left of a pixel without the mean of the eight around it. */
function compareTextures(
	now: FinePicture,
	empty: FinePicture,
	cells: readonly number[],
	{ width, columns, rows }: Grid,
): Pick<RegionLook, "sameTexture" | "texture"> {
	let [both, squaresNow, squaresEmpty, count] = [0, 0, 0, 0];
	eachPixel(cells, columns, (x, y) => {
		if (x < 1 || y < 1 || x + 1 >= columns * cellSide || y + 1 >= rows * cellSide) return;
		const i = y * width + x;
		const [a, b] = [detailAt(now, i, width), detailAt(empty, i, width)];
		both += a * b;
		squaresNow += a * a;
		squaresEmpty += b * b;
		count += 1;
	});
	return {
		sameTexture: squaresNow * squaresEmpty === 0 ? 1 : both / Math.sqrt(squaresNow * squaresEmpty),
		texture: { now: squaresNow / Math.max(1, count), empty: squaresEmpty / Math.max(1, count) },
	};
}

/** A pixel without the mean of the nine around and with it. */
function detailAt(picture: FinePicture, i: number, width: number): number {
	let sum = 0;
	for (let row = i - width; row <= i + width; row += width)
		sum += picture[row - 1]! + picture[row]! + picture[row + 1]!;
	return (picture[i]! - sum / 9) / fine;
}

function eachPixel(cells: readonly number[], columns: number, take: (x: number, y: number) => void): void {
	for (const cell of cells) {
		const [left, top] = [(cell % columns) * cellSide, Math.floor(cell / columns) * cellSide];
		for (let y = top; y < top + cellSide; y++) for (let x = left; x < left + cellSide; x++) take(x, y);
	}
}

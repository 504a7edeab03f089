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
	for (const [x, y] of pixelsOf(cells, columns)) {
		if (x + 1 >= columns * cellSide || y + 1 >= rows * cellSide) continue;
		const here = picture[y * width + x] ?? 0;
		const right = (picture[y * width + x + 1] ?? 0) - here;
		const below = (picture[(y + 1) * width + x] ?? 0) - here;
		sum += (right * right + below * below) / (fine * fine);
	}
	return sum / (cells.length * cellSide * cellSide);
}

/** Brightness steps that no noise makes in what was averaged, and the share that no change of exposure leaves behind. */
const clearly = { steps: 10, share: 0.12 };

/** Measured from the region's rim, which shows the ground: what differs there is light that the whole region shares. */
function changedShare(now: FinePicture, empty: FinePicture, cells: readonly number[], grid: Grid): number {
	const set = new Set(cells);
	const ratios: number[] = [];
	const rim: number[] = [];
	for (const [x, y] of pixelsOf(cells, grid.columns)) {
		const ratio = ((now[y * grid.width + x] ?? 0) + fine) / ((empty[y * grid.width + x] ?? 0) + fine);
		ratios.push(ratio);
		if (isRim(x, y, set, grid.columns)) rim.push(ratio);
	}
	const shared = rim.sort((a, b) => a - b)[rim.length >> 1] ?? 1;
	let index = 0;
	let changed = 0;
	for (const [x, y] of pixelsOf(cells, grid.columns)) {
		const was = ((empty[y * grid.width + x] ?? 0) / fine) * shared;
		const step = Math.abs(was * ((ratios[index++] ?? 1) / shared - 1));
		if (step > Math.max(clearly.steps, clearly.share * was)) changed += 1;
	}
	return changed / ratios.length;
}

function isRim(x: number, y: number, cells: ReadonlySet<number>, columns: number): boolean {
	const cellAt = (px: number, py: number) => Math.floor(py / cellSide) * columns + Math.floor(px / cellSide);
	return [cellAt(x - 1, y), cellAt(x + 1, y), cellAt(x, y - 1), cellAt(x, y + 1)].some((cell) => !cells.has(cell));
}

/** Fine texture: what is left of a pixel without the mean of the eight around it. */
function compareTextures(
	now: FinePicture,
	empty: FinePicture,
	cells: readonly number[],
	{ width, columns, rows }: Grid,
): Pick<RegionLook, "sameTexture" | "texture"> {
	let [both, squaresNow, squaresEmpty, count] = [0, 0, 0, 0];
	const detail = (picture: FinePicture, x: number, y: number) => {
		let sum = 0;
		for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += picture[(y + dy) * width + x + dx] ?? 0;
		return ((picture[y * width + x] ?? 0) - sum / 9) / fine;
	};
	for (const [x, y] of pixelsOf(cells, columns)) {
		if (x < 1 || y < 1 || x + 1 >= columns * cellSide || y + 1 >= rows * cellSide) continue;
		const [a, b] = [detail(now, x, y), detail(empty, x, y)];
		both += a * b;
		squaresNow += a * a;
		squaresEmpty += b * b;
		count += 1;
	}
	return {
		sameTexture: squaresNow * squaresEmpty === 0 ? 1 : both / Math.sqrt(squaresNow * squaresEmpty),
		texture: { now: squaresNow / Math.max(1, count), empty: squaresEmpty / Math.max(1, count) },
	};
}

function* pixelsOf(cells: readonly number[], columns: number): Generator<readonly [x: number, y: number]> {
	for (const cell of cells) {
		const [left, top] = [(cell % columns) * cellSide, Math.floor(cell / columns) * cellSide];
		for (let y = top; y < top + cellSide; y++) for (let x = left; x < left + cellSide; x++) yield [x, y];
	}
}

import { cellSide, type CellGrid } from "./cell-grid.ts";
import { fine, type FinePicture, isAlike } from "./window.ts";

/**
 * Sums over the quarters of all cells, of a look (a) and of a layer (b): windows overlap, and each of them is made of
 * sixteen quarters. Exact, as long as the sums are whole numbers.
 */
export interface PictureSums {
	readonly columns: number;
	readonly rows: number;
	readonly a: Float64Array;
	readonly b: Float64Array;
	readonly aa: Float64Array;
	readonly bb: Float64Array;
	readonly ab: Float64Array;
}

const side = cellSide / 2;

export function sumsOf(grid: CellGrid, luma: Uint8Array, layer: FinePicture): PictureSums {
	const [columns, rows] = [grid.columns * 2, grid.rows * 2];
	const sums = () => new Float64Array(columns * rows);
	const [a, b, aa, bb, ab] = [sums(), sums(), sums(), sums(), sums()];
	for (let y = 0; y < rows * side; y++) {
		const row = (y >> 1) * columns;
		for (let x = 0; x < columns; x++) {
			const i = y * grid.width + x * side;
			const [a0, a1, b0, b1] = [luma[i]!, luma[i + 1]!, layer[i]!, layer[i + 1]!];
			a[row + x]! += a0 + a1;
			b[row + x]! += b0 + b1;
			aa[row + x]! += a0 * a0 + a1 * a1;
			bb[row + x]! += b0 * b0 + b1 * b1;
			ab[row + x]! += a0 * b0 + a1 * b1;
		}
	}
	return { columns, rows, a, b, aa, bb, ab };
}

/** By how much the look is brighter than the layer, all over: the median over these cells. */
export function gainOf({ columns, a, b }: PictureSums, cells: Uint8Array): number {
	const ratios = new Float64Array(cells.length);
	let count = 0;
	for (let cell = 0; cell < cells.length; cell++) {
		if (cells[cell] === 0) continue;
		const first = quarterOf(cell, columns);
		const [seen, remembered] = [levelIn(a, first, columns), levelIn(b, first, columns) / fine];
		ratios[count++] = (seen + 4) / (remembered + 4);
	}
	const median = count === 0 ? 1 : ratios.subarray(0, count).sort()[count >> 1]!;
	return Math.min(8, Math.max(1 / 8, median));
}

const quarterOf = (cell: number, columns: number) =>
	Math.floor((cell * 2) / columns) * 2 * columns + ((cell * 2) % columns);

const levelIn = (sums: Float64Array, first: number, columns: number) =>
	(sums[first]! + sums[first + 1]! + sums[first + columns]! + sums[first + columns + 1]!) / (cellSide * cellSide);

/** Whether a cell of the look shows what the layer remembers of it. */
export function isAlikeIn({ columns, rows, a, b, aa, bb, ab }: PictureSums, cell: number, gain: number): boolean {
	const first = quarterOf(cell, columns);
	const [row, column] = [Math.floor(first / columns), first % columns];
	const [left, right] = [Math.max(0, column - 1), Math.min(columns, column + 3)];
	const [top, bottom] = [Math.max(0, row - 1), Math.min(rows, row + 3)];
	const sums = { count: (right - left) * (bottom - top) * side * side, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
	for (let y = top; y < bottom; y++) {
		for (let i = y * columns + left; i < y * columns + right; i++) {
			sums.a += a[i]!;
			sums.b += b[i]!;
			sums.aa += aa[i]!;
			sums.bb += bb[i]!;
			sums.ab += ab[i]!;
		}
	}
	return isAlike(sums, gain);
}

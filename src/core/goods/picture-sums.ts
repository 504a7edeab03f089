import { cellSide, type CellGrid } from "./cell-grid.ts";
import { fine, type FinePicture, isAlike } from "./window.ts";

/**
 * Sums over the quarters of all cells, of a look (a) and of a layer (b): windows overlap, and each of them is made of
 * sixteen quarters. Exact, as long as the sums are whole numbers.
 */
export interface PictureSums {
	readonly columns: number;
	readonly rows: number;
	readonly a: Int32Array;
	readonly b: Int32Array;
	readonly aa: Int32Array;
	readonly ab: Int32Array;
	/** Too large for 32 bits. */
	readonly bb: Float64Array;
}

/** Of a quarter, in pixels; written out below. */
const side = cellSide / 2;

export function sumsOf(grid: CellGrid, luma: Uint8Array, layer: FinePicture): PictureSums {
	const [columns, rows] = [grid.columns * 2, grid.rows * 2];
	const sums = () => new Int32Array(columns * rows);
	const [a, b, aa, ab, bb] = [sums(), sums(), sums(), sums(), new Float64Array(columns * rows)];
	const { width } = grid;
	for (let row = 0, to = 0; row < rows; row++) {
		for (let i = row * side * width, end = i + columns * side; i < end; i += side, to++) {
			const [a0, a1, a2, a3] = [luma[i]!, luma[i + 1]!, luma[i + width]!, luma[i + width + 1]!];
			const [b0, b1, b2, b3] = [layer[i]!, layer[i + 1]!, layer[i + width]!, layer[i + width + 1]!];
			a[to] = a0 + a1 + a2 + a3;
			b[to] = b0 + b1 + b2 + b3;
			aa[to] = a0 * a0 + a1 * a1 + a2 * a2 + a3 * a3;
			ab[to] = a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3;
			bb[to] = b0 * b0 + b1 * b1 + b2 * b2 + b3 * b3;
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

const levelIn = (sums: Int32Array, first: number, columns: number) =>
	(sums[first]! + sums[first + 1]! + sums[first + columns]! + sums[first + columns + 1]!) / (cellSide * cellSide);

/** Whether a cell of the look shows what the layer remembers of it. */
export function isAlikeIn({ columns, rows, a, b, aa, bb, ab }: PictureSums, cell: number, gain: number): boolean {
	const first = quarterOf(cell, columns);
	const [row, column] = [Math.floor(first / columns), first % columns];
	const [left, right] = [Math.max(0, column - 1), Math.min(columns, column + 3)];
	const [top, bottom] = [Math.max(0, row - 1), Math.min(rows, row + 3)];
	let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
	for (let y = top; y < bottom; y++) {
		for (let i = y * columns + left; i < y * columns + right; i++) {
			sumA += a[i]!;
			sumB += b[i]!;
			sumAA += aa[i]!;
			sumBB += bb[i]!;
			sumAB += ab[i]!;
		}
	}
	const count = (right - left) * (bottom - top) * side * side;
	return isAlike({ count, a: sumA, b: sumB, aa: sumAA, bb: sumBB, ab: sumAB }, gain);
}

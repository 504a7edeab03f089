import type { Box } from "../geometry/shapes.ts";
import type { GreyPicture } from "./grey-picture.ts";

/** How a place looked: its brightness on a grid of `side` by `side` cells, whatever the place's shape. */
export interface Patch {
	readonly cells: Uint8Array;
}

const side = 24;
/** Brightness steps; a place with less contrast (fog, night, a plain wall) looks like anything and tells nothing. */
const minContrast = 3;

export function patchAt({ width, height, luma }: GreyPicture, box: Box): Patch {
	const columns = spans(box.x1, box.x2, width);
	const rows = spans(box.y1, box.y2, height);
	const cells = new Uint8Array(side * side);
	for (let row = 0; row < side; row++) {
		const [top, bottom] = rows[row]!;
		for (let column = 0; column < side; column++) {
			const [left, right] = columns[column]!;
			let sum = 0;
			for (let y = top; y < bottom; y++) {
				for (let i = y * width + left; i < y * width + right; i++) sum += luma[i]!;
			}
			cells[row * side + column] = Math.round(sum / ((bottom - top) * (right - left)));
		}
	}
	return { cells };
}

/**
 * Normalised correlation: 1 for the same picture, also when brighter, darker or of less contrast; about 0 for pictures
 * that have nothing to do with each other. Null where one of them has too little contrast to tell.
 */
export function similarity(a: Patch, b: Patch): number | null {
	const [meanA, meanB] = [mean(a.cells), mean(b.cells)];
	let [both, squaresA, squaresB] = [0, 0, 0];
	for (let i = 0; i < a.cells.length; i++) {
		const da = (a.cells[i] ?? 0) - meanA;
		const db = (b.cells[i] ?? 0) - meanB;
		both += da * db;
		squaresA += da * da;
		squaresB += db * db;
	}
	const least = minContrast * minContrast * a.cells.length;
	return squaresA < least || squaresB < least ? null : both / Math.sqrt(squaresA * squaresB);
}

/** Cuts `from`..`to` (0..1) of `length` pixels into `side` spans of at least one pixel each. */
function spans(from: number, to: number, length: number): [number, number][] {
	return Array.from({ length: side }, (_, index) => {
		const start = Math.floor((from + ((to - from) * index) / side) * length);
		const end = Math.floor((from + ((to - from) * (index + 1)) / side) * length);
		const first = Math.min(Math.max(start, 0), length - 1);
		return [first, Math.min(Math.max(end, first + 1), length)];
	});
}

function mean(cells: Uint8Array): number {
	let sum = 0;
	for (const cell of cells) sum += cell;
	return sum / cells.length;
}

import type { Box } from "../geometry/shapes.ts";

/** A picture cut into cells: each counts as one voice, however glaring its edges are. Map and plane have the same cells. */
export interface Cells {
	readonly columns: number;
	readonly rows: number;
}

export interface CellSpans {
	/** First column (row) of each cell, and the end. */
	readonly lefts: readonly number[];
	readonly tops: readonly number[];
}

/** Points of an edge map; a cell of 8 by 8 holds enough of them that chance hardly ever looks like the same thing. */
const cellSide = 8;

export function cellsOf(mapColumns: number, mapRows: number): Cells {
	const count = (length: number) => Math.max(1, Math.round(length / cellSide));
	return { columns: count(mapColumns), rows: count(mapRows) };
}

export function spansOf({ columns, rows }: Cells, width: number, height: number): CellSpans {
	return { lefts: cuts(width, columns), tops: cuts(height, rows) };
}

/** 1 where nothing is in the way, 0 inside the boxes. */
export function freeOf(boxes: readonly Box[], columns: number, rows: number): Uint8Array {
	const free = new Uint8Array(columns * rows).fill(1);
	for (const { x1, y1, x2, y2 } of boxes) {
		const left = clamp(Math.floor(x1 * columns), columns);
		const right = Math.max(left, clamp(Math.ceil(x2 * columns), columns));
		const bottom = clamp(Math.ceil(y2 * rows), rows);
		for (let y = clamp(Math.floor(y1 * rows), rows); y < bottom; y++) {
			free.fill(0, y * columns + left, y * columns + right);
		}
	}
	return free;
}

function cuts(length: number, parts: number): number[] {
	return Array.from({ length: parts + 1 }, (_, index) => Math.floor((index * length) / parts));
}

function clamp(value: number, most: number): number {
	return Math.max(0, Math.min(most, value));
}

import { containsPoint } from "../geometry/polygon.ts";
import type { Box, Polygon } from "../geometry/shapes.ts";

/** Pixels of the work picture along the side of a cell. */
export const cellSide = 4;

/** The cells of a work picture, row by row; what is left over at the right and lower edge belongs to none. */
export interface CellGrid {
	/** Of the work picture, in pixels. */
	readonly width: number;
	readonly height: number;
	readonly columns: number;
	readonly rows: number;
}

export function gridOf({ width, height }: { readonly width: number; readonly height: number }): CellGrid {
	return { width, height, columns: Math.floor(width / cellSide), rows: Math.floor(height / cellSide) };
}

/** 1 for each cell whose centre lies in one of the polygons. */
export function cellsIn(grid: CellGrid, polygons: readonly Polygon[]): Uint8Array {
	const mask = new Uint8Array(grid.columns * grid.rows);
	for (const polygon of polygons) maskOf(polygon, grid).forEach((one, cell) => one === 1 && (mask[cell] = 1));
	return mask;
}

/** A polygon's cells are asked for at every look and do not change. */
const masks = new WeakMap<Polygon, Uint8Array & { width?: number }>();

function maskOf(polygon: Polygon, { width, height, columns, rows }: CellGrid): Uint8Array {
	const kept = masks.get(polygon);
	if (kept?.length === columns * rows && kept.width === columns) return kept;
	const mask: Uint8Array & { width?: number } = new Uint8Array(columns * rows);
	for (let cell = 0; cell < mask.length; cell++) {
		const [column, row] = [cell % columns, Math.floor(cell / columns)];
		const centre = [((column + 0.5) * cellSide) / width, ((row + 0.5) * cellSide) / height] as const;
		if (containsPoint(polygon, centre)) mask[cell] = 1;
	}
	mask.width = columns;
	masks.set(polygon, mask);
	return mask;
}

/** 1 for each cell that touches one of the boxes. */
export function cellsUnder(grid: CellGrid, boxes: readonly Box[]): Uint8Array {
	const { width, height, columns, rows } = grid;
	const mask = new Uint8Array(columns * rows);
	for (const { x1, y1, x2, y2 } of boxes) {
		const left = Math.max(0, Math.floor((x1 * width) / cellSide));
		const right = Math.min(columns - 1, Math.floor((x2 * width) / cellSide));
		const top = Math.max(0, Math.floor((y1 * height) / cellSide));
		const bottom = Math.min(rows - 1, Math.floor((y2 * height) / cellSide));
		for (let row = top; row <= bottom; row++) mask.fill(1, row * columns + left, row * columns + right + 1);
	}
	return mask;
}

/** The mask and all cells no further than `steps` from it. */
export function widened({ columns, rows }: CellGrid, mask: Uint8Array, steps: number): Uint8Array {
	let from = mask;
	for (let step = 0; step < steps; step++) {
		const to = from.slice();
		for (let row = 0; row < rows; row++) {
			for (let column = 0; column < columns; column++) {
				if (from[row * columns + column] === 0) continue;
				for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
					to.fill(1, y * columns + Math.max(0, column - 1), y * columns + Math.min(columns - 1, column + 1) + 1);
				}
			}
		}
		from = to;
	}
	return from;
}

/** The groups of neighbouring cells of a mask, diagonals included, each in rising order. */
export function groupsOf({ columns, rows }: CellGrid, mask: Uint8Array): number[][] {
	const left = mask.slice();
	const groups: number[][] = [];
	for (let start = 0; start < left.length; start++) {
		if (left[start] === 0) continue;
		left[start] = 0;
		const group = [start];
		for (let next = 0; next < group.length; next++) {
			const cell = group[next] ?? 0;
			const [row, column] = [Math.floor(cell / columns), cell % columns];
			for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
				for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
					if (left[y * columns + x] === 0) continue;
					left[y * columns + x] = 0;
					group.push(y * columns + x);
				}
			}
		}
		groups.push(group.sort((a, b) => a - b));
	}
	return groups;
}

/** Around all the cells, normalised. */
export function boxOf({ width, height, columns }: CellGrid, cells: readonly number[]): Box {
	let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
	for (const cell of cells) {
		const [row, column] = [Math.floor(cell / columns), cell % columns];
		left = Math.min(left, column);
		right = Math.max(right, column + 1);
		top = Math.min(top, row);
		bottom = Math.max(bottom, row + 1);
	}
	return {
		x1: (left * cellSide) / width,
		y1: (top * cellSide) / height,
		x2: (right * cellSide) / width,
		y2: (bottom * cellSide) / height,
	};
}

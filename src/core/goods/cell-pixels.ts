import { cellSide, type CellGrid } from "./cell-grid.ts";
import type { FinePicture } from "./window.ts";

/** Index of the cell's first pixel. */
const startOf = ({ width, columns }: CellGrid, cell: number) =>
	Math.floor(cell / columns) * cellSide * width + (cell % columns) * cellSide;

/** Mean over the cell's own pixels. */
export function levelOf(grid: CellGrid, picture: Uint8Array | FinePicture, cell: number): number {
	const start = startOf(grid, cell);
	let sum = 0;
	for (let y = 0; y < cellSide; y++) {
		for (let x = 0; x < cellSide; x++) sum += picture[start + y * grid.width + x] ?? 0;
	}
	return sum / (cellSide * cellSide);
}

/** What each of a picture's 256 brightnesses is in a layer, `scale` times as much. */
export const scaled = (scale: number) => Float64Array.from({ length: 256 }, (_, value) => value * scale);

/** Brightest value of a fine picture. */
const most = 65_535;

/** The cell's own pixels of `to` become those of the picture. @param values of `scaled` */
export function takePixels(
	grid: CellGrid,
	to: FinePicture,
	luma: Uint8Array,
	cell: number,
	values: Float64Array,
	share = 1,
): void {
	const start = startOf(grid, cell);
	for (let y = 0; y < cellSide; y++) {
		for (let i = start + y * grid.width; i < start + y * grid.width + cellSide; i++) {
			const old = to[i]!;
			const next = old + share * (values[luma[i]!]! - old);
			to[i] = next < most ? next + 0.5 : most;
		}
	}
}

/** The cell's own pixels of `to` become those of another layer, `scale` times as bright. */
export function copyPixels(grid: CellGrid, to: FinePicture, from: FinePicture, cell: number, scale: number): void {
	const start = startOf(grid, cell);
	for (let y = 0; y < cellSide; y++) {
		for (let i = start + y * grid.width; i < start + y * grid.width + cellSide; i++) {
			to[i] = Math.min(most, Math.round(from[i]! * scale));
		}
	}
}

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

/** Brightest value of a fine picture. */
const most = 65_535;

/** What each of a picture's 256 brightnesses is in a layer, `scale` times as much: exactly, and as a layer keeps it. */
export interface Values {
	readonly exact: Float64Array;
	readonly whole: Uint16Array;
}

export function scaled(scale: number): Values {
	const exact = Float64Array.from({ length: 256 }, (_, value) => value * scale);
	return { exact, whole: Uint16Array.from(exact, (value) => Math.min(most, Math.round(value))) };
}

/** The cell's own pixels of `to` become those of the picture. */
export function takePixels(grid: CellGrid, to: FinePicture, luma: Uint8Array, cell: number, { whole }: Values): void {
	const start = startOf(grid, cell);
	for (let y = 0; y < cellSide; y++) {
		const row = start + y * grid.width;
		for (let i = row; i < row + cellSide; i++) to[i] = whole[luma[i]!]!;
	}
}

/** Moves the cell's own pixels of `to` towards those of the picture. */
export function approachPixels(
	grid: CellGrid,
	to: FinePicture,
	luma: Uint8Array,
	cell: number,
	{ exact }: Values,
	share: number,
): void {
	const start = startOf(grid, cell);
	for (let y = 0; y < cellSide; y++) {
		const row = start + y * grid.width;
		for (let i = row; i < row + cellSide; i++) {
			const old = to[i]!;
			to[i] = Math.min(most, old + share * (exact[luma[i]!]! - old) + 0.5);
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

import { containsPoint } from "../geometry/polygon.ts";
import type { Point, Polygon } from "../geometry/shapes.ts";
import { extentAcross, extentAlong } from "./sections.ts";

/** Metres; `lengthM` is the longer side. */
export interface Rectangle {
	readonly lengthM: number;
	readonly widthM: number;
}

/** A site in cells of about half a metre. */
export interface FreeGround {
	/** Row by row along y, whether a cell is free. */
	readonly rows: readonly (readonly boolean[])[];
	readonly cellWidthM: number;
	readonly cellHeightM: number;
	/** Of the site's own cells, 0..1. */
	readonly share: number;
}

const cellM = 0.5;
const mostCells = 64;

/** What is left of a site (y along it) beside what stands there. A cell that anything touches is taken: never too much. */
export function freeGroundOf(site: Polygon, obstacles: readonly Polygon[]): FreeGround {
	const grid = gridOver(site);
	const own = grid.rows.map((row) => row.map((place) => liesIn(site, place, grid)));
	const rows = own.map((row, y) => withoutObstacles(row, obstacles, grid, y));
	const [ownCells, freeCells] = [count(own), count(rows)];
	const share = ownCells === 0 ? 0 : freeCells / ownCells;
	return { rows, cellWidthM: grid.cellWidth, cellHeightM: grid.cellHeight, share };
}

/**
 * The largest free rectangle along a site's axes, "largest" by how much of the wanted one it could hold: a long strip of
 * six metres is no place for a ladder truck. For every band of rows the longest run of columns that are free in all of them.
 */
export function largestFree(ground: FreeGround, wanted: Rectangle): Rectangle {
	let best: Rectangle = { lengthM: 0, widthM: 0 };
	for (let top = 0; top < ground.rows.length; top++) {
		let columns: readonly boolean[] = ground.rows[top] ?? [];
		for (let bottom = top; bottom < ground.rows.length; bottom++) {
			columns = columns.map((open, x) => open && ground.rows[bottom]?.[x] === true);
			const [across, along] = [longestRun(columns) * ground.cellWidthM, (bottom - top + 1) * ground.cellHeightM];
			if (across === 0) break;
			const next = { lengthM: Math.max(across, along), widthM: Math.min(across, along) };
			if (isLarger(next, best, wanted)) best = next;
		}
	}
	return best;
}

/** How much of the wanted rectangle fits, either way round; 1 and more: all of it. */
export function fitOf(rectangle: Rectangle, wanted: Rectangle): number {
	return Math.min(rectangle.lengthM / wanted.lengthM, rectangle.widthM / wanted.widthM);
}

interface Grid {
	/** Lower corner of each cell. */
	readonly rows: readonly (readonly Point[])[];
	readonly cellWidth: number;
	readonly cellHeight: number;
	readonly left: number;
}

function gridOver(site: Polygon): Grid {
	const across = site.map(([x]) => x);
	const left = Math.min(...across);
	const width = Math.max(...across) - left;
	const [start, end] = extentAlong(site);
	const [columns, rows] = [cellsOf(width), cellsOf(end - start)];
	const [cellWidth, cellHeight] = [width / columns, (end - start) / rows];
	return {
		rows: Array.from({ length: rows }, (_, y) =>
			Array.from({ length: columns }, (_, x): Point => [left + x * cellWidth, start + y * cellHeight]),
		),
		cellWidth,
		cellHeight,
		left,
	};
}

const cellsOf = (lengthM: number) => Math.min(mostCells, Math.max(1, Math.ceil(lengthM / cellM - 1e-6)));

/** All four corners, drawn in by a hair: a rectangle's own edge is in it. */
function liesIn(site: Polygon, [x, y]: Point, { cellWidth, cellHeight }: Grid): boolean {
	const hair = 1e-3;
	return [hair, 1 - hair].every((right) =>
		[hair, 1 - hair].every((down) => containsPoint(site, [x + right * cellWidth, y + down * cellHeight])),
	);
}

function withoutObstacles(row: readonly boolean[], obstacles: readonly Polygon[], grid: Grid, y: number): boolean[] {
	const start = grid.rows[y]?.[0]?.[1] ?? 0;
	const taken = obstacles.flatMap((obstacle) => extentAcross(obstacle, start, start + grid.cellHeight) ?? []);
	return row.map((free, x) => {
		const [from, to] = [grid.left + x * grid.cellWidth, grid.left + (x + 1) * grid.cellWidth];
		return free && taken.every((obstacle) => obstacle.to <= from || obstacle.from >= to);
	});
}

function isLarger(next: Rectangle, best: Rectangle, wanted: Rectangle): boolean {
	const more = fitOf(next, wanted) - fitOf(best, wanted);
	return more > 1e-9 || (more > -1e-9 && next.lengthM * next.widthM > best.lengthM * best.widthM);
}

function longestRun(columns: readonly boolean[]): number {
	let [longest, run] = [0, 0];
	for (const open of columns) {
		run = open ? run + 1 : 0;
		longest = Math.max(longest, run);
	}
	return longest;
}

const count = (cells: readonly (readonly boolean[])[]) =>
	cells.reduce((sum, row) => sum + row.filter(Boolean).length, 0);

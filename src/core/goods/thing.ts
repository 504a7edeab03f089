import { convexHull } from "../geometry/convex-hull.ts";
import type { Box, Point, Polygon } from "../geometry/shapes.ts";
import { boxOf, cellSide, type CellGrid } from "./cell-grid.ts";

/** Something that was not there before, stands still and stays: piled goods, or whatever else has no name. Plain data. */
export interface Thing {
	readonly id: number;
	/** When it was put down. */
	readonly since: number;
	/** The last look that showed it there. */
	readonly seenAt: number;
	/** The first look that showed the empty lane in its place; null while it is there or hidden. */
	readonly missingSince: number | null;
	/** The cells of the work picture that it covers, in rising order. */
	readonly cells: readonly number[];
	/** Whether people or vehicles were in front of it in the last seconds: who stands by his bag has not left it. */
	readonly attended: boolean;
	/** Since when nobody was; absent: somebody is, and has not left it before. Once left, whoever passes by is not with it. */
	readonly aloneSince?: number;
	/** How clearly it differs from the empty lane, 0..1. */
	readonly confidence: number;
}

export function thingBox(grid: CellGrid, { cells }: Thing): Box {
	return boxOf(grid, cells);
}

/** Its outline as a convex polygon around its cells. */
export function thingOutline({ width, height, columns }: CellGrid, { cells }: Thing): Polygon {
	const corners = cells.flatMap((cell): Point[] => {
		const [left, top] = [cell % columns, Math.floor(cell / columns)];
		return [
			[left, top],
			[left + 1, top],
			[left, top + 1],
			[left + 1, top + 1],
		];
	});
	return convexHull(corners).map(([x, y]) => [(x * cellSide) / width, (y * cellSide) / height]);
}

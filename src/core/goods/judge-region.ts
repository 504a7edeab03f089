import { boxOf, type CellGrid } from "./cell-grid.ts";
import type { RegionLook } from "./measure-region.ts";

/**
 * `added`: something stands in front of the empty lane. `removed`: what the reference showed is gone. `light`: the same
 * surface under another light. `unclear`: leaves that move, a reference that does not quite fit.
 */
export type RegionVerdict = "added" | "removed" | "light" | "unclear";

/** Correlation of the fine texture from which it is the same surface, if there is enough texture to tell. */
const sameSurface = 0.42;
/** Variance of the fine texture below which there is nothing to compare: smooth ground, fog, night. */
const smooth = 2.5;
/** Edges that the empty lane had and that are gone: what is left of them, as a share of their squares. */
const edgesGone = 0.6;
/** Edges that were not there before: by how much their squares grew. */
const edgesCame = 2;
/** A single bright spot moves a few pixels and changes every window around it: a thing changes so many of its pixels. */
const leastChanged = 0.18;
/** Brightness steps by which the region must differ from its surroundings more than the empty lane did. */
const stepCame = 9;

export function judgeRegion({ edges, changed, sameTexture, texture, level, step }: RegionLook): RegionVerdict {
	const stands = Math.abs(step.now) - Math.abs(step.empty);
	if (edges.now < edgesGone * edges.empty && stands <= 0) return "removed";
	if (sameTexture >= sameSurface && texture.empty >= smooth) return "light";
	if (texture.now < smooth && texture.empty < smooth && level.inside < 1) return "light";
	if (changed < leastChanged) return "unclear";
	if (edges.now >= edgesCame * edges.empty || stands >= stepCame) return "added";
	return "unclear";
}

/** A thing is somewhere at least so many cells wide and high: edges that moved a little are thin, however long. */
const solid = 3;

export function isSolid({ columns }: CellGrid, cells: readonly number[]): boolean {
	const set = new Set(cells);
	const offsets = Array.from({ length: solid * solid }, (_, i) => Math.floor(i / solid) * columns + (i % solid));
	return cells.some((cell) => cell % columns <= columns - solid && offsets.every((offset) => set.has(cell + offset)));
}

/** Wider or higher than this share of the picture, or of more of its cells: light, infrared, a caption; no goods. */
const most = { width: 0.6, height: 0.85, cells: 0.25 };

export function isWide(grid: CellGrid, cells: readonly number[]): boolean {
	if (cells.length === 0) return false;
	const box = boxOf(grid, cells);
	const isLarge = cells.length >= most.cells * grid.columns * grid.rows;
	return isLarge || box.x2 - box.x1 >= most.width || box.y2 - box.y1 >= most.height;
}

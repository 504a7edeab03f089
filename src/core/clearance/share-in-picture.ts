import { containsPoint, polygonArea } from "../geometry/polygon.ts";
import type { Point, Polygon } from "../geometry/shapes.ts";
import { axisOf, hasDirection, turnedTo } from "./lane-axis.ts";
import { sectionsOf } from "./sections.ts";

const gridSide = 32;

/**
 * Share of a lane's width that is left, told from the picture alone, 0..1. At each cut across the zone's long axis in the
 * picture the widest free gap beside the zone's own width there; the smallest share is told. Where the zone is about as
 * long as wide nobody knows which way the lane runs: then it is the share of its area that is free.
 */
export function shareInPicture(polygon: Polygon, footprints: readonly Polygon[]): number {
	if (polygonArea(polygon) === 0) return 0;
	const axis = axisOf(polygon);
	if (!hasDirection(axis)) return freeArea(polygon, footprints);
	const lane = turnedTo(axis, polygon);
	const obstacles = footprints.map((footprint) => turnedTo(axis, footprint));
	return Math.min(1, ...sectionsOf(lane, obstacles, 0).map(({ width, free }) => free / width));
}

function freeArea(polygon: Polygon, footprints: readonly Polygon[]): number {
	const inside = gridOver(polygon).filter((point) => containsPoint(polygon, point));
	const free = inside.filter((point) => !footprints.some((footprint) => containsPoint(footprint, point)));
	return inside.length === 0 ? 0 : free.length / inside.length;
}

/** Middles of the cells of a grid over the polygon. */
function gridOver(polygon: Polygon): Point[] {
	const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
	const [left, top] = [Math.min(...xs), Math.min(...ys)];
	const [stepX, stepY] = [(Math.max(...xs) - left) / gridSide, (Math.max(...ys) - top) / gridSide];
	return Array.from({ length: gridSide * gridSide }, (_, index): Point => [
		left + ((index % gridSide) + 0.5) * stepX,
		top + (Math.floor(index / gridSide) + 0.5) * stepY,
	]);
}

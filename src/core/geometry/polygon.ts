import type { Box, Point, Polygon } from "./shapes.ts";

/** Area in units of the picture (1 is the whole of it), whichever way round the points go. */
export function polygonArea(polygon: Polygon): number {
	return Math.abs(signedArea(polygon));
}

/** Even-odd rule. What lies on the outline may be told either way. */
export function containsPoint(polygon: Polygon, [x, y]: Point): boolean {
	let inside = false;
	let before = polygon.at(-1);
	for (const point of polygon) {
		const [[x1, y1], [x2, y2]] = [before ?? point, point];
		if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
		before = point;
	}
	return inside;
}

/** How much of `box` lies inside `polygon`, as an area. */
export function areaInside(polygon: Polygon, box: Box): number {
	return polygonArea(clipToBox(polygon, box));
}

/**
 * The part of a polygon that lies in a box, by Sutherland and Hodgman: cut along the box's four sides, one after another.
 * Where a concave polygon falls apart, the parts stay joined by edges along the box's side that cover no area.
 */
export function clipToBox(polygon: Polygon, box: Box): Polygon {
	return [
		halfPlane(0, box.x1, 1),
		halfPlane(0, box.x2, -1),
		halfPlane(1, box.y1, 1),
		halfPlane(1, box.y2, -1),
	].reduce<Polygon>((rest, side) => cutAlong(rest, side), polygon);
}

/** Everything on one side of a line. */
export interface HalfPlane {
	/** Positive inside, negative outside. */
	depthOf(point: Point): number;
}

function halfPlane(axis: 0 | 1, limit: number, direction: 1 | -1): HalfPlane {
	return { depthOf: (point) => (point[axis] - limit) * direction };
}

/** The part of a polygon on the inner side of a line. */
export function cutAlong(polygon: Polygon, side: HalfPlane): Polygon {
	const kept: Point[] = [];
	for (const [from, to] of edgesOf(polygon)) {
		const [depthFrom, depthTo] = [side.depthOf(from), side.depthOf(to)];
		if (depthFrom >= 0) kept.push(from);
		if (depthFrom >= 0 !== depthTo >= 0) kept.push(between(from, to, depthFrom / (depthFrom - depthTo)));
	}
	return kept;
}

function between([x1, y1]: Point, [x2, y2]: Point, share: number): Point {
	return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
}

function signedArea(polygon: Polygon): number {
	let twice = 0;
	for (const [[x1, y1], [x2, y2]] of edgesOf(polygon)) twice += x1 * y2 - x2 * y1;
	return twice / 2;
}

export function edgesOf(polygon: Polygon): [Point, Point][] {
	return polygon.map((point, index) => [point, polygon[(index + 1) % polygon.length] ?? point]);
}

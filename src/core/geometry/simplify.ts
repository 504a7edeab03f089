import type { Point, Polygon } from "./shapes.ts";

/**
 * The polygon with `mostPoints` points at most (and never fewer than 3): again and again the point is left out that
 * changes the area least (Visvalingam and Whyatt).
 */
export function simplifyPolygon(polygon: Polygon, mostPoints: number): Polygon {
	const points = [...polygon];
	while (points.length > Math.max(3, mostPoints)) points.splice(leastNeeded(points), 1);
	return points;
}

function leastNeeded(points: readonly Point[]): number {
	let [least, index] = [Infinity, 0];
	for (const [i, point] of points.entries()) {
		const before = points[(i + points.length - 1) % points.length] ?? point;
		const after = points[(i + 1) % points.length] ?? point;
		const area = triangleArea(before, point, after);
		if (area < least) [least, index] = [area, i];
	}
	return index;
}

function triangleArea([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
	return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
}

import type { Point, Polygon } from "#core/geometry/shapes.ts";

/** Changes of a polygon's shape. Points stay inside the picture and are kept to a ten-thousandth of it. */

export const maxPoints = 64;

export function withPointAt(polygon: Polygon, index: number, to: Point): Polygon {
	return polygon.map((point, each) => (each === index ? insidePicture(to) : point));
}

export function withPointInserted(polygon: Polygon, after: number, at: Point): Polygon {
	return polygon.toSpliced(after + 1, 0, insidePicture(at));
}

export function withoutPoint(polygon: Polygon, index: number): Polygon {
	return polygon.toSpliced(index, 1);
}

/** Moved as a whole, as far as the picture's edge allows. */
export function movedBy(polygon: Polygon, [dx, dy]: Point): Polygon {
	const xs = polygon.map(([x]) => x);
	const ys = polygon.map(([, y]) => y);
	const x = clamp(dx, -Math.min(...xs), 1 - Math.max(...xs));
	const y = clamp(dy, -Math.min(...ys), 1 - Math.max(...ys));
	return polygon.map((point) => insidePicture([point[0] + x, point[1] + y]));
}

export function insidePicture([x, y]: Point): Point {
	return [rounded(clamp(x, 0, 1)), rounded(clamp(y, 0, 1))];
}

export function middleOf([x1, y1]: Point, [x2, y2]: Point): Point {
	return insidePicture([(x1 + x2) / 2, (y1 + y2) / 2]);
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** The points of an SVG polygon, in its own units. */
export function scaled(polygon: Polygon, width: number, height: number): string {
	return polygon.map(([x, y]) => `${x * width},${y * height}`).join(" ");
}

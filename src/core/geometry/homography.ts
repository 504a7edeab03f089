import { cutAlong } from "./polygon.ts";
import type { Point, Polygon } from "./shapes.ts";

export type Corners = readonly [Point, Point, Point, Point];

/**
 * Maps one plane's points to another's as a camera does: straight lines stay straight, parallel ones may meet. A 3 by 3
 * matrix, row by row, of such a sign that what was used to make it lies in front of the camera.
 */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** Three points whose triangle is flatter than this, beside the square of its longest side, lie in one line. */
const flatness = 1e-4;

/**
 * The one homography that brings four points to four others. Null where there is none that a camera could see: three
 * points in one line, or the line that is infinitely far away running between the points (a rectangle that is seen as a
 * crossed or dented shape).
 */
export function homographyBetween(from: Corners, to: Corners): Homography | null {
	if (hasThreeInLine(from) || hasThreeInLine(to)) return null;
	return facing(times(fromUnitSquare(to), adjugate(fromUnitSquare(from))), from);
}

/** The way back. `seen` are points (of the other side) that must lie in front of the camera. */
export function inverseOf(homography: Homography, seen: Corners): Homography | null {
	return facing(adjugate(homography), seen);
}

/** How far in front of the line that is mapped to infinity a point lies, in no unit; zero or less cannot be mapped. */
export function depthAt([, , , , , , g, h, i]: Homography, [x, y]: Point): number {
	return g * x + h * y + i;
}

/** Of a point whose depth is positive. */
export function mapPoint(homography: Homography, point: Point): Point {
	const [a, b, c, d, e, f] = homography;
	const [x, y] = point;
	const depth = depthAt(homography, point);
	return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
}

/** What lies less than `minDepth` in front of infinity is cut off; nothing may be left. */
export function mapPolygon(homography: Homography, polygon: Polygon, minDepth: number): Polygon {
	const seen = cutAlong(polygon, { depthOf: (point) => depthAt(homography, point) - minDepth });
	return seen.map((point) => mapPoint(homography, point));
}

export function hasThreeInLine([p, q, r, s]: Corners): boolean {
	return inLine(p, q, r) || inLine(q, r, s) || inLine(r, s, p) || inLine(s, p, q);
}

function inLine(p: Point, q: Point, r: Point): boolean {
	const twiceArea = Math.abs((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
	return twiceArea <= flatness * Math.max(squaredDistance(p, q), squaredDistance(q, r), squaredDistance(r, p));
}

const squaredDistance = (p: Point, q: Point) => (q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2;

/** Heckbert's closed form: (0, 0), (1, 0), (1, 1) and (0, 1) go to the four corners. */
function fromUnitSquare([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Corners): Homography {
	const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
	const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
	const whole = dx1 * dy2 - dx2 * dy1;
	const g = (sx * dy2 - dx2 * sy) / whole;
	const h = (dx1 * sy - sx * dy1) / whole;
	return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** The inverse but for a factor, which means nothing in a homography. */
function adjugate([a, b, c, d, e, f, g, h, i]: Homography): Homography {
	return [
		e * i - f * h,
		c * h - b * i,
		b * f - c * e,
		f * g - d * i,
		a * i - c * g,
		c * d - a * f,
		d * h - e * g,
		b * g - a * h,
		a * e - b * d,
	];
}

function times(p: Homography, q: Homography): Homography {
	const cell = (row: 0 | 3 | 6, column: 0 | 1 | 2) =>
		p[row] * q[column] +
		p[(row + 1) as 1 | 4 | 7] * q[(column + 3) as 3 | 4 | 5] +
		p[(row + 2) as 2 | 5 | 8] * q[(column + 6) as 6 | 7 | 8];
	return [cell(0, 0), cell(0, 1), cell(0, 2), cell(3, 0), cell(3, 1), cell(3, 2), cell(6, 0), cell(6, 1), cell(6, 2)];
}

/** Scaled so that the nearest of the points has depth 1; null where they lie on both sides of infinity. */
function facing(homography: Homography, seen: Corners): Homography | null {
	const depths = seen.map((point) => depthAt(homography, point));
	const nearest = depths.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
	const scaled = homography.map((value) => value / nearest) as unknown as Homography;
	return depths.every((depth) => depth / nearest > 1e-6) ? scaled : null;
}

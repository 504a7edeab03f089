import { convexHull } from "#core/geometry/convex-hull.ts";
import type { Point } from "#core/geometry/shapes.ts";

/** Four corners in pixels: left upper, right upper, right lower, left lower of what is written there. */
export type Quad = readonly [Point, Point, Point, Point];

/** The rectangle of the smallest area around the points, of any slope; null where they have no area. */
export function smallestRectangle(points: readonly Point[]): Quad | null {
	const hull = convexHull(points);
	let best: { area: number; quad: Quad } | null = null;
	hull.forEach(([x, y], i) => {
		const [nextX, nextY] = hull[(i + 1) % hull.length] ?? [x, y];
		const length = Math.hypot(nextX - x, nextY - y);
		if (length === 0) return;
		const [ux, uy] = [(nextX - x) / length, (nextY - y) / length];
		const along = hull.map(([px, py]) => px * ux + py * uy);
		const across = hull.map(([px, py]) => py * ux - px * uy);
		const [a0, a1, c0, c1] = [Math.min(...along), Math.max(...along), Math.min(...across), Math.max(...across)];
		const area = (a1 - a0) * (c1 - c0);
		if (best && area >= best.area) return;
		const corner = (a: number, c: number): Point => [a * ux - c * uy, a * uy + c * ux];
		best = { area, quad: [corner(a0, c0), corner(a1, c0), corner(a1, c1), corner(a0, c1)] };
	});
	const found = best as { area: number; quad: Quad } | null;
	return found && found.area > 0 ? uprightOrder(found.quad) : null;
}

/**
 * The parallelogram of the smallest area around the points whose left and right sides are upright: what a camera that
 * hangs straight makes of a plate seen from the side. Null where the points have no area.
 */
export function uprightParallelogram(points: readonly Point[]): Quad | null {
	const hull = convexHull(points);
	const xs = hull.map(([x]) => x);
	const [left, right] = [Math.min(...xs), Math.max(...xs)];
	let best: { height: number; quad: Quad } | null = null;
	hull.forEach(([x, y], i) => {
		const [nextX, nextY] = hull[(i + 1) % hull.length] ?? [x, y];
		const slope = (nextY - y) / (nextX - x);
		if (!(Math.abs(slope) < steepest)) return;
		const levels = hull.map(([px, py]) => py - slope * px);
		const [top, bottom] = [Math.min(...levels), Math.max(...levels)];
		if (best && bottom - top >= best.height) return;
		const at = (px: number, level: number): Point => [px, level + slope * px];
		best = { height: bottom - top, quad: [at(left, top), at(right, top), at(right, bottom), at(left, bottom)] };
	});
	const found = best as { height: number; quad: Quad } | null;
	return found && found.height > 0 && right > left ? found.quad : null;
}

/** Sideways by its height. */
const steepest = 1.2;

/** So that the writing runs to the right and is not upside down. */
function uprightOrder(quad: Quad): Quad {
	const turns = [0, 1, 2, 3].map((by) => [0, 1, 2, 3].map((i) => quad[(i + by) % 4]) as unknown as Quad);
	const isLying = ([a, b, , d]: Quad) => b[0] > a[0] && Math.abs(b[1] - a[1]) <= b[0] - a[0] && d[1] > a[1];
	return turns.find(isLying) ?? quad;
}

export function sidesOf([a, b, c, d]: Quad): { width: number; height: number } {
	const between = ([x, y]: Point, [u, v]: Point) => Math.hypot(u - x, v - y);
	return { width: (between(a, b) + between(d, c)) / 2, height: (between(a, d) + between(b, c)) / 2 };
}

/** Grown on all sides: `x` and `y` are added to each side, as shares of the height. */
export function grow(quad: Quad, x: number, y: number): Quad {
	const { width, height } = sidesOf(quad);
	const [byX, byY] = [(x * height) / Math.max(1e-6, width), y];
	return inside(quad, [-byX, -byY, 1 + byX, 1 + byY]);
}

/** The part of it from (x1, y1) to (x2, y2), where its own corners are (0, 0) and (1, 1). */
export function inside([a, b, c, d]: Quad, [x1, y1, x2, y2]: readonly [number, number, number, number]): Quad {
	const at = (x: number, y: number): Point => {
		const mix = (i: 0 | 1) => (a[i] * (1 - x) + b[i] * x) * (1 - y) + (d[i] * (1 - x) + c[i] * x) * y;
		return [mix(0), mix(1)];
	};
	return [at(x1, y1), at(x2, y1), at(x2, y2), at(x1, y2)];
}

export function boundsOf(quad: Quad): { x1: number; y1: number; x2: number; y2: number } {
	const [xs, ys] = [quad.map(([x]) => x), quad.map(([, y]) => y)];
	return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}

export const moved = (quad: Quad, dx: number, dy: number): Quad =>
	quad.map(([x, y]): Point => [x + dx, y + dy]) as unknown as Quad;

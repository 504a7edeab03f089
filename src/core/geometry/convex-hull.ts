import type { Point, Polygon } from "./shapes.ts";

/** The smallest convex polygon around all points, by Andrew's monotone chain. */
export function convexHull(points: readonly Point[]): Polygon {
	const sorted = [...points].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
	const half = (along: readonly Point[]) => {
		const chain: Point[] = [];
		for (const point of along) {
			while (chain.length >= 2 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop();
			chain.push(point);
		}
		return chain.slice(0, -1);
	};
	return [...half(sorted), ...half(sorted.toReversed())];
}

function turnsLeft(a: Point | undefined, b: Point | undefined, c: Point): boolean {
	if (!a || !b) return true;
	return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
}

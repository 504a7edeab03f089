import type { Point, Polygon } from "./shapes.ts";

type Edge = readonly [Point, Point];

/** Whether two edges of a polygon cross each other; corners that merely touch do not count. */
export function crossesItself(polygon: Polygon): boolean {
	const edges = polygon.map((point, index): Edge => [point, polygon[(index + 1) % polygon.length] ?? point]);
	return edges.some((one, i) => edges.some((other, j) => j > i + 1 && cross(one, other)));
}

/** Neighbouring edges share a corner, hence never cross by this rule. */
function cross([a, b]: Edge, [c, d]: Edge): boolean {
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Positive where `p` lies on the one side of the line from `a` to `b`, negative on the other. */
function side([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): number {
	return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

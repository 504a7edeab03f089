import type { Box, Point } from "./shapes.ts";

export function boxArea(box: Box): number {
	return Math.max(0, box.x2 - box.x1) * Math.max(0, box.y2 - box.y1);
}

export function sharedArea(a: Box, b: Box): number {
	const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
	const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
	return width <= 0 || height <= 0 ? 0 : width * height;
}

/** 0: apart, 1: the same box. */
export function intersectionOverUnion(a: Box, b: Box): number {
	const shared = sharedArea(a, b);
	return shared === 0 ? 0 : shared / (boxArea(a) + boxArea(b) - shared);
}

export function centreOf(box: Box): Point {
	return [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
}

/** How far `b`'s centre lies from `a`'s, in widths and heights of `a`: the larger of the two. */
export function relativeShift(a: Box, b: Box): number {
	const [ax, ay] = centreOf(a);
	const [bx, by] = centreOf(b);
	return Math.max(Math.abs(bx - ax) / (a.x2 - a.x1), Math.abs(by - ay) / (a.y2 - a.y1));
}

/** How unlike in size two boxes are: 1 for the same size, 2 where one is twice as wide or high as the other. */
export function sizeRatio(a: Box, b: Box): number {
	const widths = (a.x2 - a.x1) / (b.x2 - b.x1);
	const heights = (a.y2 - a.y1) / (b.y2 - b.y1);
	return Math.max(widths, 1 / widths, heights, 1 / heights);
}

/** Side by side, the median of each side: one odd box among several does not move it. */
export function medianBox(boxes: readonly [Box, ...Box[]]): Box {
	const side = (of: (box: Box) => number) => median(boxes.map(of));
	return { x1: side((box) => box.x1), y1: side((box) => box.y1), x2: side((box) => box.x2), y2: side((box) => box.y2) };
}

/**
 * Where a thing touches the ground, as far as one camera without calibration can tell: the lower half of its box. A car
 * seen flat stands on less of it, a car seen from above on all of it.
 */
export function groundFootprint(box: Box): Box {
	return { ...box, y1: (box.y1 + box.y2) / 2 };
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

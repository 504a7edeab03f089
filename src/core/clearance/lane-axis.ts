import { edgesOf } from "../geometry/polygon.ts";
import type { Point, Polygon } from "../geometry/shapes.ts";

/** Which way a lane runs, and how large the rectangle is that holds it, in the units of its outline. */
export interface LaneAxis {
	/** Unit vector along the lane. */
	readonly along: Point;
	readonly length: number;
	readonly width: number;
}

/**
 * The long side of the smallest rectangle that holds the outline and lies along one of its edges: people draw a lane's
 * sides as edges, so that this is the way it runs, whichever vertex comes first.
 */
export function axisOf(outline: Polygon): LaneAxis {
	const around = edgesOf(outline).flatMap(([from, to]): LaneAxis[] => {
		const side = Math.hypot(to[0] - from[0], to[1] - from[1]);
		if (side === 0) return [];
		const along: Point = [(to[0] - from[0]) / side, (to[1] - from[1]) / side];
		const across: Point = [-along[1], along[0]];
		const [length, width] = [extent(outline, along), extent(outline, across)];
		return [length >= width ? { along, length, width } : { along: across, length: width, width: length }];
	});
	const flat: LaneAxis = { along: [0, 1], length: 0, width: 0 };
	return around.reduce((best, next) => (area(next) < area(best) ? next : best), around[0] ?? flat);
}

/** From this ratio of its sides on, a zone has a direction in the picture. */
const clearDirection = 1.5;

/** Whether one can tell which way it runs: a zone about as long as wide has no direction. */
export const hasDirection = ({ length, width }: LaneAxis): boolean => length >= clearDirection * width;

/** Into coordinates whose y runs along the lane and whose x across it. */
export function turnedTo({ along: [ax, ay] }: LaneAxis, polygon: Polygon): Polygon {
	return polygon.map(([x, y]): Point => [x * ay - y * ax, x * ax + y * ay]);
}

/** Back from there. */
export function turnedFrom({ along: [ax, ay] }: LaneAxis, [across, along]: Point): Point {
	return [across * ay + along * ax, along * ay - across * ax];
}

function extent(outline: Polygon, [dx, dy]: Point): number {
	const places = outline.map(([x, y]) => x * dx + y * dy);
	return Math.max(...places) - Math.min(...places);
}

const area = ({ length, width }: LaneAxis) => length * width;

/**
 * Shapes in a camera's picture. All coordinates are normalised: 0..1 of the displayed picture (after rotation and
 * square pixels), x to the right, y down, origin top left. Pixels exist only in edge/detect and edge/evidence.
 */
export type Point = readonly [x: number, y: number];

/** At least three points, not closed (the last point is not the first again). Either direction. */
export type Polygon = readonly Point[];

/** Axis-parallel rectangle; x1 < x2, y1 < y2. */
export interface Box {
	readonly x1: number;
	readonly y1: number;
	readonly x2: number;
	readonly y2: number;
}

import { type Ground, groundOf } from "../clearance/calibration.ts";
import { axisOf, hasDirection, turnedTo } from "../clearance/lane-axis.ts";
import { sectionsOf } from "../clearance/sections.ts";
import { depthAt, mapPoint } from "../geometry/homography.ts";
import { polygonArea } from "../geometry/polygon.ts";
import type { Polygon } from "../geometry/shapes.ts";
import type { Zone } from "../scene.ts";

/** A shoe carton, metres: leaves, litter and the glint of a puddle are smaller, and hinder nobody. */
const leastSizeM = 0.3;
/** Of the lane's width at its place, where nobody said how wide that is: 0.2 m of the 4 m that a lane must have. */
const leastShare = 0.05;

type Place = Pick<Zone, "polygon" | "calibration">;

/**
 * Whether a thing is large enough to count as piled goods.
 *
 * @param outline in the picture, normalised
 * @param aspect the picture's width over its height, in pixels
 */
export function isLargeEnough({ polygon, calibration }: Place, outline: Polygon, aspect: number): boolean {
	const ground = calibration ? groundOf(polygon, calibration) : null;
	const sizeM = ground === null || typeof ground === "string" ? null : sizeInMetres(ground, outline, aspect);
	return sizeM === null ? shareOfWidth(polygon, outline) >= leastShare : sizeM >= leastSizeM;
}

/** The greater of its width and its height, both as large as its lower edge says; null where the ground does not say it. */
function sizeInMetres({ toGround, minDepth }: Ground, outline: Polygon, aspect: number): number | null {
	const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
	const [left, right, base] = [Math.min(...xs), Math.max(...xs), Math.max(...ys)];
	if ([left, right].some((x) => depthAt(toGround, [x, base]) < minDepth)) return null;
	const [from, to] = [mapPoint(toGround, [left, base]), mapPoint(toGround, [right, base])];
	const widthM = Math.hypot(to[0] - from[0], to[1] - from[1]);
	const heightOverWidth = (base - Math.min(...ys)) / ((right - left) * aspect);
	return widthM * Math.max(1, heightOverWidth);
}

/** How much of the lane's width it takes at its place; of a zone without a direction, the side of a square as large. */
function shareOfWidth(polygon: Polygon, outline: Polygon): number {
	const axis = axisOf(polygon);
	if (!hasDirection(axis)) {
		return Math.sqrt(polygonArea(outline) / Math.max(Number.EPSILON, polygonArea(polygon)));
	}
	const [lane, thing] = [turnedTo(axis, polygon), turnedTo(axis, outline)];
	const narrowed = sectionsOf(lane, [thing], 0).filter(({ width, free }) => free < width);
	if (narrowed.length === 0) return 1; // beside it: whether it counts is not a matter of its size
	const across = thing.map(([x]) => x);
	return (Math.max(...across) - Math.min(...across)) / Math.max(...narrowed.map(({ width }) => width));
}

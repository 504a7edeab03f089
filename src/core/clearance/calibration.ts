import {
	type Corners,
	depthAt,
	hasThreeInLine,
	type Homography,
	homographyBetween,
	inverseOf,
	mapPoint,
	mapPolygon,
} from "../geometry/homography.ts";
import { polygonArea } from "../geometry/polygon.ts";
import type { Point, Polygon } from "../geometry/shapes.ts";

/** The real size of a zone that is a quadrilateral: its corners 0 and 1 lie across the lane, 1 and 2 along it. */
export interface SizeCalibration {
	readonly widthM: number;
	readonly lengthM: number;
}

/** Four points of the ground whose places are known: `at` in the picture, `m` in metres from any origin, any axes. */
export interface PointsCalibration {
	readonly points: readonly [KnownPoint, KnownPoint, KnownPoint, KnownPoint];
}

export interface KnownPoint {
	readonly at: Point;
	readonly m: Point;
}

export type Calibration = SizeCalibration | PointsCalibration;

/** What is wrong with a calibration; the key of a sentence. */
export type CalibrationProblem =
	/** Only a zone of four corners has one width and one length. */
	| "not_a_quadrilateral"
	/** A rectangle on the ground is never seen crossed or dented. */
	| "not_convex"
	| "points_in_line"
	/** The four places in metres are seen in an order in which no camera sees them. */
	| "points_do_not_fit"
	/** A part of the zone would lie beyond the horizon that the calibration makes. */
	| "zone_beyond_horizon"
	/** Not a number of metres that a lane can have. */
	| "size_out_of_range";

/** A side of the ground, metres: a hydrant's place is small, a lane seldom longer than a street. */
export const sizeRangeM = { min: 0.5, max: 500 };

/** The ground plane below a zone. Metres; no particular origin and axes. */
export interface Ground {
	readonly toGround: Homography;
	readonly toPicture: Homography;
	/** The zone's outline on the ground. */
	readonly outline: Polygon;
	/** Whether the lane is known to run along y, as one whose width and length were named does. */
	readonly runsAlongY: boolean;
	/** Depth in the picture below which nothing of the zone lies: what is farther away is cut off. */
	readonly minDepth: number;
}

/** Null: the calibration can hold. */
export function checkCalibration(polygon: Polygon, calibration: Calibration): CalibrationProblem | null {
	const ground = groundOf(polygon, calibration);
	return typeof ground === "string" ? ground : null;
}

/** The ground below a zone, or what is wrong with its calibration. */
export function groundOf(polygon: Polygon, calibration: Calibration): Ground | CalibrationProblem {
	const pairs = pairsOf(polygon, calibration);
	if (typeof pairs === "string") return pairs;
	const { from, to, misfit } = pairs;
	if (hasThreeInLine(from) || hasThreeInLine(to)) return "points_in_line";
	const toGround = homographyBetween(from, to);
	const toPicture = toGround && inverseOf(toGround, to);
	if (!toGround || !toPicture) return misfit;
	const farthest = Math.min(...polygon.map((point) => depthAt(toGround, point)));
	if (farthest < minZoneDepth) return "zone_beyond_horizon";
	const outline = mapPolygon(toGround, polygon, 0);
	const sizeM = Math.sqrt(polygonArea(outline));
	if (!(sizeM >= sizeRangeM.min && sizeM <= sizeRangeM.max)) return "size_out_of_range";
	return { toGround, toPicture, outline, runsAlongY: "lengthM" in calibration, minDepth: farthest / 2 };
}

/** Footprints (polygons in the picture) on the ground, metres. What is not on the zone's side of the horizon is left out. */
export function onGround({ toGround, minDepth }: Ground, footprints: readonly Polygon[]): Polygon[] {
	return footprints.map((footprint) => mapPolygon(toGround, footprint, minDepth)).filter(({ length }) => length >= 3);
}

export const inPicture = ({ toPicture }: Ground, point: Point): Point => mapPoint(toPicture, point);

/** The farthest part of a zone may be this much nearer to the horizon than the nearest calibrated point. */
const minZoneDepth = 0.01;

interface Pairs {
	readonly from: Corners;
	readonly to: Corners;
	/** What it means when no camera could see them so. */
	readonly misfit: CalibrationProblem;
}

function pairsOf(polygon: Polygon, calibration: Calibration): Pairs | CalibrationProblem {
	if ("points" in calibration) {
		const [p, q, r, s] = calibration.points;
		if (![p, q, r, s].every(({ m }) => m.every(Number.isFinite))) return "size_out_of_range";
		return { from: [p.at, q.at, r.at, s.at], to: [p.m, q.m, r.m, s.m], misfit: "points_do_not_fit" };
	}
	const { widthM, lengthM } = calibration;
	if (![widthM, lengthM].every((side) => side >= sizeRangeM.min && side <= sizeRangeM.max)) return "size_out_of_range";
	const [a, b, c, d] = polygon;
	if (!a || !b || !c || !d || polygon.length !== 4) return "not_a_quadrilateral";
	const to: Corners = [
		[0, 0],
		[widthM, 0],
		[widthM, lengthM],
		[0, lengthM],
	];
	return { from: [a, b, c, d], to, misfit: "not_convex" };
}

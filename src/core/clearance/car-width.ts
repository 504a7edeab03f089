import { depthAt, mapPoint } from "../geometry/homography.ts";
import type { Point, Polygon } from "../geometry/shapes.ts";
import type { Zone } from "../scene.ts";
import { type Ground, groundOf } from "./calibration.ts";
import { rectangle } from "./footprint.ts";
import { axisOf, turnedFrom, turnedTo } from "./lane-axis.ts";
import { extentAcross, extentAlong, sectionsOf } from "./sections.ts";

/** Pixels of the analysed picture. A car that is seen narrower than this is often missed: the model sees it at three quarters. */
export const leastCarWidthPx = 24;

const car = { widthM: 1.8, lengthM: 4.5 };
/** Without calibration a fire lane is taken to be as wide as the code asks: 4 m. */
const carOfLaneWidth = car.widthM / 4;
/** Where along the zone a car is put, as shares of its length. */
const places = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * How wide a car would be seen where it would be seen smallest in a zone, in pixels of the picture. With calibration a car
 * that stands along the zone is projected; without, it is guessed from the narrowest place of a fire lane that runs away
 * from the camera. Null where nothing can be said.
 */
export function carWidthPx(zone: Zone, picture: { width: number; height: number }): number | null {
	const ground = zone.calibration ? groundOf(zone.polygon, zone.calibration) : null;
	const width =
		ground === null || typeof ground === "string" ? guessed(zone, picture) : projected(ground, picture.width);
	return width === null ? null : Math.round(width);
}

function projected(ground: Ground, pictureWidth: number): number | null {
	const axis = ground.runsAlongY ? { along: [0, 1] as const, length: 0, width: 0 } : axisOf(ground.outline);
	const lane = turnedTo(axis, ground.outline);
	const [start, end] = extentAlong(lane);
	const angle = Math.atan2(axis.along[1], axis.along[0]);
	const widths = places.flatMap((place) => {
		const at = start + place * (end - start);
		const across = extentAcross(lane, at, at);
		return across ? (seenWidth(ground, turnedFrom(axis, [(across.from + across.to) / 2, at]), angle) ?? []) : [];
	});
	return widths.length === 0 ? null : Math.min(...widths) * pictureWidth;
}

function seenWidth({ toPicture }: Ground, centre: Point, angle: number): number | null {
	const corners = rectangle(centre, car.widthM, car.lengthM, angle);
	if (corners.some((corner) => depthAt(toPicture, corner) <= 0)) return null;
	const across = corners.map((corner) => mapPoint(toPicture, corner)[0]);
	return Math.max(...across) - Math.min(...across);
}

function guessed({ kind, polygon }: Zone, { width, height }: { width: number; height: number }): number | null {
	const inPixels: Polygon = polygon.map(([x, y]): Point => [x * width, y * height]);
	const axis = axisOf(inPixels);
	const runsAway = Math.abs(axis.along[1]) > Math.abs(axis.along[0]);
	if (kind !== "fire_lane" || !runsAway) return null;
	const sections = sectionsOf(turnedTo(axis, inPixels), [], 0);
	return sections.length === 0 ? null : carOfLaneWidth * Math.min(...sections.map((section) => section.width));
}

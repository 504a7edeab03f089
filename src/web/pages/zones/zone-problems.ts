import type { ZoneBody } from "#contract/zones.ts";
import { type CalibrationProblem, checkCalibration } from "#core/clearance/calibration.ts";
import { carWidthPx, leastCarWidthPx } from "#core/clearance/car-width.ts";
import { crossesItself } from "#core/geometry/crossing.ts";
import { polygonArea } from "#core/geometry/polygon.ts";
import { calibrationBy, type KnownPlaces, missingMetres } from "./known-places.ts";

export interface ZoneProblem {
	readonly word:
		| "nameMissing"
		| "sameName"
		| "tooFewPoints"
		| "selfCrossing"
		| "noArea"
		| "tooSmall"
		| "smallCar"
		| "sizeUnfinished"
		| (typeof sizeWords)[CalibrationProblem];
	/** With `smallCar`: how many pixels wide a car would be; with `sizeUnfinished`: how many metres are missing. */
	readonly count?: number;
	/** False: a warning, it can be saved all the same. */
	readonly refused: boolean;
}

const sizeWords = {
	not_a_quadrilateral: "sizeNotFour",
	not_convex: "sizeNotConvex",
	points_in_line: "sizeInLine",
	points_do_not_fit: "sizeMisfit",
	zone_beyond_horizon: "sizeHorizon",
	size_out_of_range: "sizeRange",
} as const satisfies Record<CalibrationProblem, string>;

/** Of the analysed video; null while no camera has told it. */
export type VideoSize = { readonly width: number; readonly height: number } | null;

/** Shares of the picture. The server refuses what is below the first. */
const leastArea = 0.0001;
/** A car that far away is some twenty pixels: too few for the detector. */
const smallArea = 0.003;

/** `places` are four points that are not the zone's calibration, or not yet. */
export function problemsOfZone(
	zone: ZoneBody,
	zones: readonly ZoneBody[],
	video: VideoSize,
	places?: KnownPlaces,
): readonly ZoneProblem[] {
	const problems: ZoneProblem[] = [];
	const name = zone.name.trim();
	if (name === "") problems.push({ word: "nameMissing", refused: true });
	else if (zones.some((other) => other.id !== zone.id && other.name.trim() === name)) {
		problems.push({ word: "sameName", refused: false });
	}
	return [
		...problems,
		...problemsOfShape(zone, video),
		...(places && zone.kind !== "ignore" ? problemsOfPlaces(zone, places) : []),
	];
}

/** How wide a car would be seen in the zone; null where nobody knows. */
export function carPxOf(zone: ZoneBody, video: VideoSize): number | null {
	return video === null || zone.kind === "ignore" ? null : carWidthPx(zone, video);
}

function problemsOfPlaces({ polygon }: ZoneBody, places: KnownPlaces): readonly ZoneProblem[] {
	const count = missingMetres(places);
	if (count > 0) return [{ word: "sizeUnfinished", refused: false, count }];
	const misfit = calibrationBy(places, polygon);
	return typeof misfit === "string" ? [{ word: sizeWords[misfit], refused: true }] : [];
}

function problemsOfShape(zone: ZoneBody, video: VideoSize): readonly ZoneProblem[] {
	const { polygon, kind, calibration } = zone;
	if (polygon.length < 3) return [{ word: "tooFewPoints", refused: true }];
	if (crossesItself(polygon)) return [{ word: "selfCrossing", refused: true }];
	const area = polygonArea(polygon);
	if (area < leastArea) return [{ word: "noArea", refused: true }];
	const misfit = calibration ? checkCalibration(polygon, calibration) : null;
	if (misfit) return [{ word: sizeWords[misfit], refused: true }];
	const carPx = carPxOf(zone, video);
	if (carPx !== null && carPx < leastCarWidthPx) return [{ word: "smallCar", refused: false, count: carPx }];
	return area < smallArea && kind !== "ignore" && carPx === null ? [{ word: "tooSmall", refused: false }] : [];
}

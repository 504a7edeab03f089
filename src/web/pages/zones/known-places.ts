import type { CalibrationBody, ZoneBody } from "#contract/zones.ts";
import { type CalibrationProblem, checkCalibration } from "#core/clearance/calibration.ts";
import type { Point, Polygon } from "#core/geometry/shapes.ts";
import { insidePicture } from "./polygon-shape.ts";

/** Four places in the picture (0..1) whose metres are being asked for; null is what nobody has measured yet. */
export type KnownPlaces = readonly [KnownPlace, KnownPlace, KnownPlace, KnownPlace];

export interface KnownPlace {
	readonly at: Point;
	readonly m: readonly [number | null, number | null];
}

/** Metres as the contract takes them, to the centimetre. */
export const placeRangeM = { min: -9_999, max: 9_999 };

/** The four places of a zone that is calibrated by points; null for every other. */
export function placesOf({ calibration }: Pick<ZoneBody, "calibration">): KnownPlaces | null {
	return calibration && "points" in calibration ? calibration.points : null;
}

/**
 * Where to begin: the corners with their metres where width and length are known, else places without metres at the
 * corners of a zone of four, or around any other.
 */
export function firstPlaces({ polygon, calibration }: Pick<ZoneBody, "polygon" | "calibration">): KnownPlaces {
	const corners = cornersOf(polygon) ?? boundsOf(polygon);
	const size = calibration && "widthM" in calibration && cornersOf(polygon) ? calibration : null;
	const metres = size ? metresOfSize(size.widthM, size.lengthM) : null;
	const place = (n: 0 | 1 | 2 | 3): KnownPlace => ({ at: insidePicture(corners[n]), m: metres?.[n] ?? [null, null] });
	return [place(0), place(1), place(2), place(3)];
}

export function withPlace(places: KnownPlaces, index: number, change: Partial<KnownPlace>): KnownPlaces {
	const [p, q, r, s] = places.map((place, each) => (each === index ? { ...place, ...change } : place));
	return p && q && r && s ? [p, q, r, s] : places;
}

/** How many of the eight numbers nobody has told yet. */
export function missingMetres(places: KnownPlaces): number {
	return places.flatMap(({ m }) => m).filter((value) => value === null).length;
}

/** The calibration that the places make, or what is wrong with it; null as long as a number is missing. */
export function calibrationBy(places: KnownPlaces, polygon: Polygon): CalibrationBody | CalibrationProblem | null {
	const [p, q, r, s] = places.map(({ at: [x, y], m: [east, north] }): MeasuredPlace | null =>
		east === null || north === null ? null : { at: [x, y], m: [east, north] },
	);
	if (!p || !q || !r || !s) return null;
	const calibration: CalibrationBody = { points: [p, q, r, s] };
	return checkCalibration(polygon, calibration) ?? calibration;
}

/** The way back from points to width and length, where the points say no more than these. */
export function sizeOfPlaces(places: KnownPlaces, polygon: Polygon): CalibrationBody | null {
	const [[widthM, lengthM], corners] = [places[2].m, cornersOf(polygon)];
	if (widthM === null || lengthM === null || !corners) return null;
	const metres = metresOfSize(widthM, lengthM);
	const isSize = places.every(({ at, m }, n) => sameNumbers(at, corners[n]) && sameNumbers(m, metres[n]));
	return isSize && !checkCalibration(polygon, { widthM, lengthM }) ? { widthM, lengthM } : null;
}

interface MeasuredPlace {
	at: [number, number];
	m: [number, number];
}

type Four = readonly [Point, Point, Point, Point];

function cornersOf([a, b, c, d, ...more]: Polygon): Four | null {
	return a && b && c && d && more.length === 0 ? [a, b, c, d] : null;
}

function boundsOf(polygon: Polygon): Four {
	const xs = polygon.map(([x]) => x);
	const ys = polygon.map(([, y]) => y);
	const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	return [
		[left, top],
		[right, top],
		[right, bottom],
		[left, bottom],
	];
}

const metresOfSize = (widthM: number, lengthM: number): Four => [
	[0, 0],
	[widthM, 0],
	[widthM, lengthM],
	[0, lengthM],
];

const sameNumbers = (one: readonly (number | null)[], other: readonly (number | null)[] = []) =>
	one.every((value, index) => value === other[index]);

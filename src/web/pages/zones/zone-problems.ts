import type { ZoneBody } from "#contract/http-api.ts";
import { crossesItself } from "#core/geometry/crossing.ts";
import { polygonArea } from "#core/geometry/polygon.ts";

export interface ZoneProblem {
	readonly word: "nameMissing" | "sameName" | "tooFewPoints" | "selfCrossing" | "noArea" | "tooSmall";
	/** False: a warning, it can be saved all the same. */
	readonly refused: boolean;
}

/** Shares of the picture. The server refuses what is below the first. */
const leastArea = 0.0001;
/** A car that far away is some twenty pixels: too few for the detector. */
const smallArea = 0.003;

export function problemsOfZone(zone: ZoneBody, zones: readonly ZoneBody[]): readonly ZoneProblem[] {
	const problems: ZoneProblem[] = [];
	const name = zone.name.trim();
	if (name === "") problems.push({ word: "nameMissing", refused: true });
	else if (zones.some((other) => other.id !== zone.id && other.name.trim() === name)) {
		problems.push({ word: "sameName", refused: false });
	}
	return [...problems, ...problemsOfShape(zone)];
}

function problemsOfShape({ polygon, kind }: ZoneBody): readonly ZoneProblem[] {
	if (polygon.length < 3) return [{ word: "tooFewPoints", refused: true }];
	if (crossesItself(polygon)) return [{ word: "selfCrossing", refused: true }];
	const area = polygonArea(polygon);
	if (area < leastArea) return [{ word: "noArea", refused: true }];
	return area < smallArea && kind !== "ignore" ? [{ word: "tooSmall", refused: false }] : [];
}

import { calibrationProblemText } from "#contract/calibration.ts";
import type { ZoneBody } from "#contract/zones.ts";
import { checkCalibration } from "#core/clearance/calibration.ts";
import { carWidthPx, leastCarWidthPx } from "#core/clearance/car-width.ts";
import { crossesItself } from "#core/geometry/crossing.ts";
import { polygonArea } from "#core/geometry/polygon.ts";
import type { Polygon } from "#core/geometry/shapes.ts";

/** What the schema cannot see: ids that are taken, polygons without area or that cross themselves, impossible sizes. */
export function problemsOfZones(
	zones: readonly ZoneBody[],
	isTakenElsewhere: (id: string) => boolean,
): { path: string; message: string }[] {
	return zones.flatMap(({ id, polygon, calibration }, index) => {
		const path = `zones[${index}]`;
		const problems: { path: string; message: string }[] = [];
		const first = zones.findIndex((zone) => zone.id === id);
		if (first !== index) problems.push({ path: `${path}.id`, message: `${id} is zones[${first}] already` });
		if (isTakenElsewhere(id)) problems.push({ path: `${path}.id`, message: `${id} is a zone of another camera` });
		const wrong = problemOfPolygon(polygon);
		if (wrong) problems.push({ path: `${path}.polygon`, message: wrong });
		const misfit = calibration && checkCalibration(polygon, calibration);
		if (misfit) problems.push({ path: `${path}.calibration`, message: calibrationProblemText[misfit] });
		return problems;
	});
}

/** Zones that can be kept and yet see too little. `video` is the analysed picture's size; null while no camera has told it. */
export function warningsOfZones(
	zones: readonly ZoneBody[],
	video: { readonly width: number; readonly height: number } | null,
): { path: string; message: string }[] {
	return zones.flatMap((zone, index) => {
		const widthPx = video === null || zone.kind === "ignore" ? null : carWidthPx(zone, video);
		if (widthPx === null || widthPx >= leastCarWidthPx) return [];
		const message = `a car here would be ${widthPx} pixels wide, and below ${leastCarWidthPx} many are missed: move the camera or use the main stream`;
		return [{ path: `zones[${index}].polygon`, message }];
	});
}

/** A ten-thousandth of the picture: smaller ones are slips of the hand. */
const minArea = 0.0001;

function problemOfPolygon(polygon: Polygon): string | null {
	if (crossesItself(polygon)) return "crosses itself";
	return polygonArea(polygon) < minArea ? "has no area to speak of" : null;
}

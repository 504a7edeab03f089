import { type Detection, isVehicle } from "../detection.ts";
import { boxArea, groundFootprint, intersectionOverUnion } from "../geometry/box.ts";
import { areaInside } from "../geometry/polygon.ts";
import type { Box, Polygon } from "../geometry/shapes.ts";

/** Two boxes that overlap this much (IoU) are two names for one thing. */
const sameThing = 0.6;
/** Share of the footprint in an ignore mask from which a thing does not count. */
const minIgnored = 0.5;

/** Who walks and stands about in a lane is no obstruction of it. */
const livingLabels = new Set("person bird cat dog horse sheep cow elephant bear zebra giraffe".split(" "));

export function isLiving(detection: Detection): boolean {
	return livingLabels.has(detection.label);
}

/** What moves by itself and hides what is behind it; whatever else the model names may be the scenery or the goods. */
export function isMover(detection: Detection): boolean {
	return isLiving(detection) || isVehicle(detection.label);
}

export function kindOf(detection: Detection): "vehicle" | "unnamed" {
	return isVehicle(detection.label) ? "vehicle" : "unnamed";
}

/**
 * The detections that may become tracks, one a thing, in an order of their own: the order in which the detector told
 * them does not matter. Of several names for one thing a vehicle's goes first.
 */
export function trackable(detections: readonly Detection[], ignored: readonly Polygon[]): Detection[] {
	const kept: Detection[] = [];
	for (const detection of [...detections].sort(byPrecedence)) {
		const counts =
			!isLiving(detection) && isSound(detection.box) && !ignored.some((mask) => hides(mask, detection.box));
		if (counts && !kept.some((other) => intersectionOverUnion(other.box, detection.box) >= sameThing)) {
			kept.push(detection);
		}
	}
	return kept;
}

function byPrecedence(a: Detection, b: Detection): number {
	return (
		Number(isVehicle(b.label)) - Number(isVehicle(a.label)) ||
		b.confidence - a.confidence ||
		a.box.x1 - b.box.x1 ||
		a.box.y1 - b.box.y1 ||
		a.box.x2 - b.box.x2 ||
		a.box.y2 - b.box.y2 ||
		(a.label < b.label ? -1 : 1)
	);
}

const isSound = (box: Box) => box.x2 > box.x1 && box.y2 > box.y1;

function hides(mask: Polygon, box: Box): boolean {
	const footprint = groundFootprint(box);
	return areaInside(mask, footprint) >= minIgnored * boxArea(footprint);
}

import { isVehicle } from "#core/detection.ts";
import type { Box } from "#core/geometry/shapes.ts";
import type { PlateRead } from "#core/plates/plate-read.ts";
import type { Detector } from "../detect/detector.ts";
import { withoutRepeats } from "./best-first.ts";
import { vehicleCrop } from "./crop.ts";
import type { PlateReader } from "./plate-reader.ts";
import type { Picture } from "./warp.ts";

/** Finders see a whole photo at 960 pixels at most; in a larger one, plates of smaller vehicles would be lost. */
const wholeSide = 1200;
/** A vehicle narrower than this has no plate that could be read. */
const leastVehiclePx = 100;
const mostVehicles = 8;

/**
 * The plates of a photo of a place or of one vehicle, the best first. A small photo is looked at as it is; in a large
 * one, each vehicle without a sure plate is cut out and looked at by itself.
 * @param detector asked for only where it is needed
 */
export async function readPhoto(
	photo: Picture,
	{ reader, detector }: { reader: PlateReader; detector: () => Promise<Detector> },
): Promise<PlateRead[]> {
	const whole = await reader.read(photo);
	if (Math.max(photo.width, photo.height) <= wholeSide) return [...whole];
	const reads = [...whole];
	for (const box of await vehiclesIn(photo, await detector())) {
		if (reads.some((read) => read.confidence >= 0.9 && holds(box, read.box))) continue;
		const crop = vehicleCrop(photo, box);
		const inCrop = await reader.read(crop.picture);
		reads.push(...inCrop.map((read) => ({ ...read, box: crop.toWhole(read.box) })));
	}
	return withoutRepeats(reads);
}

async function vehiclesIn(photo: Picture, detector: Detector): Promise<Box[]> {
	const detections = await detector.detect({ ...photo, capturedAt: 0 }, []);
	return detections
		.filter(({ label, box }) => isVehicle(label) && (box.x2 - box.x1) * photo.width >= leastVehiclePx)
		.map(({ box }) => box)
		.sort((a, b) => areaOf(b) - areaOf(a))
		.slice(0, mostVehicles);
}

const holds = (outer: Box, { x1, y1, x2, y2 }: Box): boolean => {
	const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
	return x > outer.x1 && x < outer.x2 && y > outer.y1 && y < outer.y2;
};

const areaOf = ({ x1, y1, x2, y2 }: Box) => (x2 - x1) * (y2 - y1);

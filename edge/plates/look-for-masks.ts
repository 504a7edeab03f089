import type { Detection } from "#core/detection.ts";
import { isVehicle } from "#core/detection.ts";
import { photoMasks, type PhotoMask } from "#core/evidence/photo-masks.ts";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import { ownPlates } from "#core/plates/own-plate.ts";
import type { Detector } from "../detect/detector.ts";
import type { PlateReader } from "./plate-reader.ts";
import { readPhoto } from "./read-photo.ts";
import type { Picture } from "./warp.ts";

/** Besides the whole photo, its left and its right half (the detector looks around an area): people far away are small. */
const halves: readonly Polygon[] = [rectangle(0.14, 0.25, 0.4, 0.75), rectangle(0.6, 0.25, 0.86, 0.75)];

/**
 * Which faces and plates of a photo are nobody's business outside the site.
 *
 * @param subject where the vehicle stands that the photo is about: its own plate is not masked; null: there is none
 * @throws DetectorError when a model cannot be run
 */
export async function lookForMasks(
	photo: Picture,
	subject: Box | null,
	{ detector, reader, signal }: { detector: Detector; reader: PlateReader; signal?: AbortSignal | undefined },
): Promise<PhotoMask[]> {
	const frame = { ...photo, capturedAt: 0 };
	const whole = await detector.detect(frame, [], signal);
	const found: Detection[] = [...whole];
	for (const half of halves) found.push(...(await detector.detect(frame, [half], signal)));
	const known: Detector = { detect: () => Promise.resolve(whole), close: () => Promise.resolve() };
	const reads = await readPhoto(photo, { reader, detector: () => Promise.resolve(known) });
	const vehicles = found.filter(({ label }) => isVehicle(label)).map(({ box }) => box);
	const own = subject ? ownPlates(reads, subject, vehicles) : [];
	const others = reads.filter((read) => !own.includes(read)).map(({ box }) => box);
	const persons = found.filter(({ label }) => label === "person").map(({ box }) => box);
	return photoMasks(persons, others, photo.width / photo.height);
}

function rectangle(x1: number, y1: number, x2: number, y2: number): Polygon {
	return [
		[x1, y1],
		[x2, y1],
		[x2, y2],
		[x1, y2],
	];
}

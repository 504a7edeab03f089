import type { Box } from "#core/geometry/shapes.ts";
import { ownPlates } from "#core/plates/own-plate.ts";
import { leastVehiclePx, type PlateLook } from "#core/plates/stay-plate.ts";
import { greyOf } from "../video/grey-of.ts";
import { vehicleCrop } from "./crop.ts";
import type { PlateReader } from "./plate-reader.ts";
import type { Picture } from "./warp.ts";

/**
 * How a vehicle looks in a picture of the main stream, its own plate in it, and where there are plates of others.
 *
 * @param place.box where it stands; @param place.vehicles all that the detector saw about then
 * @throws DetectorError when the models cannot be run
 */
export async function lookAtVehicle(
	photo: Picture,
	{ box, vehicles }: { readonly box: Box; readonly vehicles: readonly Box[] },
	{ reader, signal }: { reader: PlateReader; signal?: AbortSignal | undefined },
): Promise<Pick<PlateLook, "vehicle" | "read"> & { readonly others: readonly Box[] }> {
	const crop = vehicleCrop(photo, box);
	const vehicle = {
		widthPx: Math.round((box.x2 - box.x1) * photo.width),
		heightPx: Math.round((box.y2 - box.y1) * photo.height),
		brightness: brightnessOf(crop.picture),
	};
	if (vehicle.widthPx < leastVehiclePx) return { vehicle, read: null, others: [] };
	const found = await reader.read(crop.picture, signal ? { signal } : {});
	const reads = found.map((each) => ({ ...each, box: crop.toWhole(each.box) }));
	const own = ownPlates(reads, box, vehicles);
	const others = reads.filter((read) => !own.includes(read));
	return { vehicle, read: own[0] ?? null, others: others.map((read) => read.box) };
}

/** Mean, 0..255: some cells tell as much as all pixels. */
function brightnessOf(picture: Picture): number {
	const { luma } = greyOf({ ...picture, capturedAt: 0 }, 32);
	return Math.round(luma.reduce((sum, value) => sum + value, 0) / luma.length);
}

import { readFile } from "node:fs/promises";
import { hourStart, localHours } from "#core/history/local-hours.ts";
import { type PackToWrite, writeDrillPack } from "../documents/write-drill-pack.ts";
import { planFile } from "../plans/plans-store.ts";
import type { Store } from "../store/open-store.ts";
import { readPack } from "./read-pack.ts";
import { smallPictureOf } from "./small-picture.ts";

interface Asked extends Pick<PackToWrite, "language"> {
	/** Absent: that of now. */
	readonly hour: number | undefined;
	readonly now: number;
}

/** A site's drill pack as PDF. @throws ApiError 404 */
export async function packPaper(
	store: Store,
	dataFolder: string,
	siteId: string,
	{ language, hour, now }: Asked,
): Promise<Buffer> {
	const pack = readPack(store, siteId, now);
	const { plan, lanes } = pack.call;
	const pictures = new Map<string, Buffer>();
	for (const { laneId } of lanes) {
		const picture = await smallPictureOf(store, dataFolder, laneId);
		if (picture) pictures.set(laneId, picture.jpeg);
	}
	const began = hourStart(pack.timeZone, now);
	return writeDrillPack({
		...{ pack, language, pictures },
		hour: hour ?? localHours(pack.timeZone, began, began + 1)[0]?.hour ?? 0,
		plan: plan && (await readFile(planFile(dataFolder, plan.pictureId)).catch(() => null)),
	});
}

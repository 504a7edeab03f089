import { createLog } from "#platform/log.ts";
import type { PhotoSource } from "../../edge/evidence/photo-maker.ts";
import { StayPlates, type StayPlatesParts } from "../../edge/evidence/stay-plates.ts";
import type { PlateReader } from "../../edge/plates/plate-reader.ts";
import type { EdgeDisk } from "./edge-records.ts";

/** What reads plates of an edge's disk; the reader stays its owner's. Where a test says nothing, no other vehicle was seen. */
export function stayPlatesOf(
	disk: EdgeDisk,
	ring: PhotoSource | null,
	reader: PlateReader | null,
	more: Partial<StayPlatesParts> = {},
) {
	return new StayPlates({
		...{ sets: disk.allSets, keeper: disk.sets, folder: disk.folder, disk: disk.disk },
		clock: () => ({ offsetMs: 12.5, source: "chrony", readAt: 1_700_000_000_000 }),
		ringOf: () => ring,
		seenAt: () => ({ vehicles: [], persons: [] }),
		openReader: reader && (() => Promise.resolve(reader)),
		knowPlate: () => Promise.resolve(true),
		onNews: () => undefined,
		log: createLog("test", "silent"),
		...more,
	});
}

import { createLog } from "#platform/log.ts";
import { PhotoMaker, type PhotoMakerParts, type PhotoSource } from "../../edge/evidence/photo-maker.ts";
import type { EdgeDisk } from "./edge-records.ts";

/** The photo maker of an edge's disk. Where a test says nothing, the detector sees everything where it stood. */
export function photoMakerOf(disk: EdgeDisk, ring: PhotoSource | null, more: Partial<PhotoMakerParts> = {}) {
	return new PhotoMaker({
		...{ jobs: disk.jobs, sets: disk.allSets, keeper: disk.sets, folder: disk.folder, disk: disk.disk },
		ringOf: () => ring,
		ringKeepMs: 300_000,
		boxAt: (_cameraId, _at, place) => place,
		clock: () => ({ offsetMs: 12.5, source: "chrony", readAt: 1_700_000_000_000 }),
		onPhoto: () => undefined,
		log: createLog("test", "silent"),
		...more,
	});
}

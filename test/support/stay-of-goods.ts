import { defaultPolicy } from "#core/scene.ts";
import { occupancyIdOf } from "#core/occupancy/occupancy-id.ts";
import type { OccupancyPeriod } from "#core/occupancy/types.ts";
import { itemMasked, itemTaken } from "../../edge/evidence/change-evidence-set.ts";
import { evidenceId, overlayId } from "../../edge/evidence/evidence-plan.ts";
import type { EdgeDisk } from "./edge-records.ts";
import { jpegOf } from "./evidence.ts";
import { mp4Of } from "./sealed.ts";

const enteredAt = 1_700_000_000_000;
const clearedAt = enteredAt + 310_000;
const clock = { offsetMs: 3, source: "chrony", readAt: enteredAt };

/**
 * Goods that lay in `zoneId`, were raised, and were gone before the confirmation, as the edge's records leave them: two
 * pieces are to be got, and none yet was. Answers the alert's id.
 */
export function goodsCameAndWent({ store, sets }: EdgeDisk, zoneId: string): string {
	const box = { x1: 0.2, y1: 0.2, x2: 0.7, y2: 0.8 };
	const occupant = { cause: "object", label: "object", confidence: 0.9, box, outline: [] } as const;
	const occupancyId = occupancyIdOf(zoneId, enteredAt);
	const period: OccupancyPeriod = {
		...{ ...occupant, occupancyId, zoneId, enteredAt, raisedAt: enteredAt + 300_000, clearance: null, clearedAt: null },
	};
	store.transaction(() => {
		sets.entered("cam-1", { kind: "entered", zoneId, at: enteredAt, enteredAt, occupant }, enteredAt);
		sets.raised("cam-1", period, { ...defaultPolicy, confirmAfterMs: 600_000 }, period.raisedAt);
		sets.cleared({ ...period, clearedAt }, clearedAt, "accepted", clearedAt);
	})();
	return occupancyId;
}

/** The photo of the empty lane lies on disk, with its copy with words where `copy`. */
export async function takeReference(
	{ folder, sets }: EdgeDisk,
	alertId: string,
	{ copy = false } = {},
): Promise<string> {
	const id = evidenceId(alertId, "reference");
	const size = { capturedAt: enteredAt - 20_000, widthPx: 1920, heightPx: 1080 };
	const kept = await folder.keep(`${id}.jpg`, jpegOf(2_000));
	const drawn = copy ? [{ ...(await folder.keep(`${overlayId(id)}.jpg`, jpegOf(2_100))), ...size }] : [];
	const overlay = copy ? { id: overlayId(id), code: "keepclear", lines: ["东门"] } : null;
	sets.made(
		{ id, alertId },
		{ ...kept, ...size },
		(set) => itemMasked(itemTaken(set, id, { ...size, sha256: kept.sha256, clock, overlay }), id, null),
		drawn.map((each) => ({ ...each, id: overlayId(id), kind: "overlay" })),
	);
	return id;
}

/** The clip lies on disk. */
export async function cutClip({ folder, sets }: EdgeDisk, alertId: string): Promise<string> {
	const id = evidenceId(alertId, "clip");
	const kept = await folder.keep(`${id}.mp4`, mp4Of(50_000));
	const capturedAt = enteredAt - 5_000;
	const taken = { capturedAt, widthPx: null, heightPx: null, sha256: kept.sha256, clock, overlay: null };
	sets.made({ id, alertId }, { ...kept, capturedAt, durationMs: 15_000 }, (set) => itemTaken(set, id, taken));
	return id;
}

/** A small picture as the records keep it: it has no item in the set. */
export async function keepStill({ folder, jobs }: EdgeDisk, alertId: string): Promise<string> {
	const id = evidenceId(alertId, "still_raised");
	const kept = await folder.keep(`${id}.jpg`, jpegOf(3_000));
	jobs.addStill({ ...kept, id, alertId, cameraId: "cam-1", kind: "still_raised", capturedAt: enteredAt }, 0);
	return id;
}

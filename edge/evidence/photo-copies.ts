import type { ClockReading } from "#contract/clock.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { KeptFile, PhotoJob } from "../store/evidence-jobs.ts";
import type { Picture } from "../video/ppm-reader.ts";
import { drawOutline, drawWords } from "./draw-overlay.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { overlayId } from "./evidence-plan.ts";
import { itemMissing, itemTaken } from "./change-evidence-set.ts";
import type { EvidenceSet, Taken } from "./evidence-set.ts";
import { overlayWords } from "./overlay-words.ts";

export type TakenPicture = Picture & { readonly capturedAt: number };

/** A file that was made of a photo. `words`: those that are written on it. */
export interface Drawn {
	readonly id: string;
	readonly kind: EvidenceKind;
	readonly file: KeptFile;
	readonly words: { readonly lines: readonly string[]; readonly code: string } | null;
}

/** Puts on disk what is made of a photo: the copy with the facts, and of goods the picture with their outline. */
export async function drawCopies(options: {
	readonly job: PhotoJob;
	readonly set: EvidenceSet;
	readonly photo: TakenPicture;
	/** Of the original. */
	readonly sha256: string;
	readonly clock: ClockReading;
	readonly folder: EvidenceFolder;
}): Promise<Drawn[]> {
	const { job, set, photo, sha256, clock, folder } = options;
	const { alertId, cameraId, zoneId, enteredAt, clearedAt, place } = set;
	const base = { alertId, cameraId, zoneId, enteredAt, clearedAt, place, kind: job.kind };
	const words = overlayWords({ ...base, capturedAt: photo.capturedAt, clock, sha256 });
	const copyId = overlayId(job.id);
	const copy = await folder.keep(`${copyId}.jpg`, await drawWords(photo, words.lines));
	const drawn: Drawn[] = [{ id: copyId, kind: "overlay", file: copy, words }];
	const outline = set.items.find(({ drawnOn, state }) => drawnOn === job.id && state === "planned");
	if (outline && set.outline.length > 0) {
		const file = await folder.keep(`${outline.id}.jpg`, await drawOutline(photo, set.outline));
		drawn.push({ id: outline.id, kind: outline.kind, file, words: null });
	}
	return drawn;
}

/** The set with the photo, and what was made of it; what could not be made is missing. */
export function noted(
	set: EvidenceSet,
	photoId: string,
	photo: Omit<Taken, "overlay">,
	drawn: readonly Drawn[],
): EvidenceSet {
	const copy = drawn.find(({ kind }) => kind === "overlay");
	const overlay = copy?.words ? { id: copy.id, ...copy.words } : null;
	const taken = itemTaken(set, photoId, { ...photo, overlay });
	const outline = taken.items.find(({ drawnOn }) => drawnOn === photoId);
	if (!outline) return taken;
	const made = drawn.find(({ id }) => id === outline.id);
	if (!made) return itemMissing(taken, outline.id, "failed");
	return itemTaken(taken, outline.id, { ...photo, sha256: made.file.sha256, overlay: null });
}

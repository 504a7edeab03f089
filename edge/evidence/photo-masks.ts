import type { PhotoMask } from "#core/evidence/photo-masks.ts";
import type { Logger } from "#platform/log.ts";
import { keepLooking } from "#platform/keep-looking.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import type { Detector } from "../detect/detector.ts";
import { lookForMasks } from "../plates/look-for-masks.ts";
import { openPhoto } from "../plates/open-photo.ts";
import type { PlateReader } from "../plates/plate-reader.ts";
import type { Picture } from "../plates/warp.ts";
import type { EvidenceSets } from "../store/evidence-sets.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { awaitsMasks, itemMasked } from "./change-evidence-set.ts";
import type { EvidenceItem, EvidenceSet } from "./evidence-set.ts";
import type { PhotoSource } from "./photo-maker.ts";
import type { SetKeeper } from "./set-keeper.ts";

const lookEveryMs = 1_500;
const mostTries = 3;
/** What has stood so long mostly becomes an alert; its photo lies here still, and nobody waits for it yet. */
const worthLookingAfterMs = 60_000;

export interface PhotoMasksParts {
	readonly sets: EvidenceSets;
	readonly keeper: SetKeeper;
	readonly folder: EvidenceFolder;
	/** Where the photo went to the server already, the ring has its picture still. */
	readonly ringOf: (cameraId: string) => PhotoSource | null;
	readonly detector: Detector;
	/** The one reader, which stays its owner's. Null: this edge reads no plates, so it cannot say what to mask. */
	readonly openReader: (() => Promise<PlateReader>) | null;
	readonly onNews: () => void;
	readonly log: Logger;
}

/**
 * Looks which faces and other vehicles' plates are in the photos of alerts, one photo at a time, after they were taken: no
 * photo waits for it. What could not be looked at stays without an answer, which is never "nothing there".
 */
export class PhotoMasks {
	readonly #parts: PhotoMasksParts;
	/** Sets of a revision of which nothing is due. */
	#seen = new Map<string, number>();
	/** By photo; a worker that died is replaced meanwhile. */
	readonly #failures = new Map<string, number>();

	constructor(parts: PhotoMasksParts) {
		this.#parts = parts;
	}

	run(signal: AbortSignal): Promise<void> {
		return keepLooking(
			{
				round: (now) => this.lookDue(now, signal),
				everyMs: lookEveryMs,
				now: steadyNow,
				onTrouble: (err) => this.#parts.log.error({ err }, "photos cannot be looked at for what to mask; trying again"),
			},
			signal,
		);
	}

	/** One round over what is due at `now`. */
	async lookDue(now: number, signal?: AbortSignal): Promise<void> {
		const revisions = this.#parts.sets.revisions();
		this.#seen = new Map([...this.#seen].filter(([id, revision]) => revisions.get(id) === revision));
		for (const id of revisions.keys()) {
			if (signal?.aborted) return;
			const set = this.#seen.has(id) ? undefined : this.#parts.sets.find(id);
			if (!set) continue;
			const isWorthIt = set.raisedAt !== null || now >= set.enteredAt + worthLookingAfterMs;
			const due = isWorthIt ? set.items.filter(awaitsMasks) : [];
			if (due.length === 0 && isWorthIt) this.#seen.set(id, set.revision);
			for (const item of due) await this.#lookAt(set, item, signal);
		}
	}

	async #lookAt(set: EvidenceSet, item: EvidenceItem, signal?: AbortSignal): Promise<void> {
		const { keeper, detector, onNews, log } = this.#parts;
		const { alertId, cameraId } = set;
		let masks: PhotoMask[] | null = null;
		try {
			const reader = (await this.#parts.openReader?.()) ?? null;
			const photo = reader && (await this.#photoOf(set, item, signal));
			const subject = showsSubject(set, item) ? set.box : null;
			if (reader && photo) masks = await lookForMasks(photo, subject, { detector, reader, signal });
		} catch (err) {
			if (signal?.aborted) return;
			log.warn({ err, alertId, cameraId, kind: item.kind }, "a photo could not be looked at for what to mask");
			const failures = (this.#failures.get(item.id) ?? 0) + 1;
			this.#failures.set(item.id, failures);
			if (failures < mostTries) return;
		}
		this.#failures.delete(item.id);
		keeper.note(alertId, (known) => itemMasked(known, item.id, masks));
		onNews();
	}

	/** Null where it is gone. */
	async #photoOf({ cameraId }: EvidenceSet, item: EvidenceItem, signal?: AbortSignal): Promise<Picture | null> {
		const { folder, ringOf } = this.#parts;
		try {
			return await openPhoto(folder.fileOf(`${item.id}.jpg`));
		} catch {
			const at = item.taken?.capturedAt;
			if (at === undefined) return null;
			const wanted = { fromAt: at - 1, toAt: at + 1, take: "first", ...(signal ? { signal } : {}) } as const;
			return (await ringOf(cameraId)?.photo(wanted)) ?? null;
		}
	}
}

/** Its plate proves who stood there; before goods came and after all have left, every plate is somebody else's. */
const showsSubject = ({ cause }: EvidenceSet, { kind }: EvidenceItem) =>
	cause === "vehicle" && (kind === "panorama_entry" || kind === "panorama_confirmed");

import type { ClockReading } from "#contract/clock.ts";
import type { MissingReason } from "#core/evidence/missing-reason.ts";
import type { Box } from "#core/geometry/shapes.ts";
import type { Logger } from "#platform/log.ts";
import { keepLooking } from "#platform/keep-looking.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import type { EvidenceJobs, PhotoJob } from "../store/evidence-jobs.ts";
import type { EvidenceSets } from "../store/evidence-sets.ts";
import type { Picture } from "../video/ppm-reader.ts";
import type { DiskWatch } from "./disk-watch.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { afterFailedPhoto, isPhotoRipe } from "./evidence-plan.ts";
import { earliestOf } from "./change-evidence-set.ts";
import type { EvidenceSet } from "./evidence-set.ts";
import { type Drawn, drawCopies, noted, type TakenPicture } from "./photo-copies.ts";
import { encodePhoto } from "./jpeg.ts";
import { entryPatchOf, stillnessOf } from "./photo-stillness.ts";
import type { SetKeeper } from "./set-keeper.ts";

/** What keeps a camera's last minutes; edge/video/segment-ring.ts. */
export interface PhotoSource {
	/** What is later is not yet on disk. */
	readonly coversUntil: number | null;
	photo(wanted: {
		fromAt: number;
		toAt: number;
		take: "first" | "last";
		signal?: AbortSignal;
	}): Promise<(Picture & { readonly capturedAt: number }) | null>;
}

/** The durable steps of a photo, in their order; a test ends the process after each of them. */
export const photoSteps = ["decoded", "written", "recorded"] as const;
export type PhotoStep = (typeof photoSteps)[number];

const lookEveryMs = 1_000;
const tryAgainMs = 5_000;

export interface PhotoMakerParts {
	readonly jobs: EvidenceJobs;
	readonly sets: EvidenceSets;
	readonly keeper: SetKeeper;
	readonly folder: EvidenceFolder;
	readonly disk: DiskWatch;
	readonly ringOf: (cameraId: string) => PhotoSource | null;
	readonly ringKeepMs: number;
	/** Where the detector saw something stand near this place at this instant. */
	readonly boxAt: (cameraId: string, at: number, place: Box) => Box | null;
	/** How right the clock is, as it was last read. */
	readonly clock: () => ClockReading;
	readonly onPhoto: () => void;
	readonly log: Logger;
	readonly afterStep?: (step: PhotoStep) => void;
}

/**
 * Takes planned photos out of the ring as soon as it has them, every pixel that the camera sent. Durable steps: the files
 * lie whole, then the rows say so; a crash between leaves the plan, and the photo is taken again over the same names.
 */
export class PhotoMaker {
	readonly #parts: PhotoMakerParts;
	readonly #notBefore = new Map<string, number>();

	constructor(parts: PhotoMakerParts) {
		this.#parts = parts;
	}

	run(signal: AbortSignal): Promise<void> {
		return keepLooking(
			{
				round: (now) => this.makeDue(now, signal),
				everyMs: lookEveryMs,
				now: steadyNow,
				onTrouble: (err) => this.#parts.log.error({ err }, "photos cannot be taken at the moment; trying again"),
			},
			signal,
		);
	}

	/** One round over what is due at `now`. */
	async makeDue(now: number, signal?: AbortSignal): Promise<void> {
		const { jobs, disk, ringOf } = this.#parts;
		for (const job of jobs.photosToTake()) {
			if (signal?.aborted) return;
			if (now < (this.#notBefore.get(job.id) ?? 0)) continue;
			if (!isPhotoRipe(job, now, ringOf(job.cameraId)?.coversUntil ?? null)) continue;
			if (disk.roomForStills) await this.#take(job, now, signal);
			else this.#failed(job, "no_room", now);
		}
	}

	async #take(job: PhotoJob, now: number, signal?: AbortSignal): Promise<void> {
		const { sets, ringOf, log, afterStep } = this.#parts;
		const { toAt, take, alertId, cameraId, kind } = job;
		const set = sets.find(alertId);
		const fromAt = set ? earliestOf(set, kind, job.fromAt) : job.fromAt;
		try {
			const wanted = { fromAt, toAt, take, ...(signal ? { signal } : {}) };
			const photo = (await ringOf(cameraId)?.photo(wanted)) ?? null;
			if (!photo) return this.#failed(job, "no_video", now);
			afterStep?.("decoded");
			if (await this.#keep(job, photo)) {
				log.info({ alertId, cameraId, kind, widthPx: photo.width, heightPx: photo.height }, "a photo was taken");
			}
		} catch (err) {
			if (signal?.aborted) return;
			log.warn({ err, alertId, cameraId, kind }, "a photo could not be taken");
			this.#failed(job, "failed", now);
		}
	}

	/** False where it is wanted no more. */
	async #keep(job: PhotoJob, photo: TakenPicture): Promise<boolean> {
		const { sets, keeper, folder, clock, onPhoto, afterStep } = this.#parts;
		const { capturedAt, width: widthPx, height: heightPx } = photo;
		const kept = await folder.keep(`${job.id}.jpg`, await encodePhoto(photo));
		const set = sets.find(job.alertId);
		const reading = clock();
		const drawn = set ? await this.#drawn(job, set, photo, { sha256: kept.sha256, clock: reading }) : [];
		afterStep?.("written");
		const size = { capturedAt, widthPx, heightPx };
		const measured = set ? this.#measured(job, set, photo) : {};
		this.#notBefore.delete(job.id);
		const isWanted = keeper.made(
			job,
			{ ...kept, ...size },
			(now) => ({ ...noted(now, job.id, { ...size, sha256: kept.sha256, clock: reading }, drawn), ...measured }),
			drawn.map(({ file, id, kind }) => ({ ...file, ...size, id, kind })),
		);
		if (!isWanted) for (const { file } of [kept, ...drawn.map((each) => each.file)]) await folder.remove(file);
		afterStep?.("recorded");
		if (isWanted) onPhoto();
		return isWanted;
	}

	/** Copies are worth having, and no reason to lose the photo. */
	async #drawn(
		job: PhotoJob,
		set: EvidenceSet,
		photo: TakenPicture,
		facts: { sha256: string; clock: ClockReading },
	): Promise<Drawn[]> {
		try {
			return await drawCopies({ job, set, photo, ...facts, folder: this.#parts.folder });
		} catch (err) {
			this.#parts.log.error({ err, alertId: job.alertId, kind: job.kind }, "nothing can be drawn on a photo's copy");
			return [];
		}
	}

	/** What the first photo and the second say of each other. */
	#measured(job: PhotoJob, set: EvidenceSet, photo: TakenPicture): Partial<EvidenceSet> {
		if (job.kind === "panorama_entry") return { patchBase64: entryPatchOf(set, photo) };
		if (job.kind !== "panorama_confirmed" || set.cause !== "vehicle") return {};
		return { stillness: stillnessOf(set, photo, this.#parts.boxAt(job.cameraId, photo.capturedAt, set.box)) };
	}

	#failed(job: PhotoJob, reason: MissingReason, now: number): void {
		const { keeper, ringKeepMs, log } = this.#parts;
		const outcome = reason === "no_video" ? "nothing_there" : "failed";
		if (afterFailedPhoto(job, outcome, now, ringKeepMs) === "again") {
			this.#notBefore.set(job.id, now + tryAgainMs);
			return;
		}
		keeper.missing(job, reason);
		this.#notBefore.delete(job.id);
		log.error({ alertId: job.alertId, cameraId: job.cameraId, kind: job.kind, reason }, "an alert lacks a photo");
	}
}

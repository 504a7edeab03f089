import type { Logger } from "#platform/log.ts";
import type { ClockReading } from "#contract/clock.ts";
import { keepLooking } from "#platform/keep-looking.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import type { ClipJob, EvidenceJobs } from "../store/evidence-jobs.ts";
import type { DiskWatch } from "./disk-watch.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { afterFailedCut, isRipe } from "./evidence-plan.ts";
import { itemTaken } from "./change-evidence-set.ts";
import type { SetKeeper } from "./set-keeper.ts";

/** What keeps a camera's last minutes; edge/video/segment-ring.ts. */
export interface ClipSource {
	/** What is later is not yet on disk. */
	readonly coversUntil: number | null;
	cut(clip: {
		fromAt: number;
		toAt: number;
		outFile: string;
		signal?: AbortSignal;
	}): Promise<{ readonly startedAt: number; readonly durationMs: number } | null>;
}

const lookEveryMs = 1_000;
const tryAgainMs = 5_000;

export interface ClipMakerParts {
	readonly jobs: EvidenceJobs;
	readonly folder: EvidenceFolder;
	readonly disk: DiskWatch;
	readonly ringOf: (cameraId: string) => ClipSource | null;
	readonly ringKeepMs: number;
	readonly sets: SetKeeper;
	/** How right the clock is, as it was last read. */
	readonly clock: () => ClockReading;
	readonly onClip: () => void;
	readonly log: Logger;
}

/**
 * Cuts planned clips as soon as the ring has them. Durable steps: the file lies whole, then the row says so; a crash
 * between leaves the plan, and the clip is cut again over the same name.
 */
export class ClipMaker {
	readonly #parts: ClipMakerParts;
	readonly #notBefore = new Map<string, number>();

	constructor(parts: ClipMakerParts) {
		this.#parts = parts;
	}

	run(signal: AbortSignal): Promise<void> {
		return keepLooking(
			{
				round: (now) => this.makeDue(now, signal),
				everyMs: lookEveryMs,
				now: steadyNow,
				onTrouble: (err) => this.#parts.log.error({ err }, "clips cannot be cut at the moment; trying again"),
			},
			signal,
		);
	}

	/** One round over what is due at `now`. */
	async makeDue(now: number, signal?: AbortSignal): Promise<void> {
		const { jobs, disk, ringOf } = this.#parts;
		for (const clip of jobs.clipsToCut()) {
			if (signal?.aborted) return;
			if (now < (this.#notBefore.get(clip.id) ?? 0)) continue;
			if (!isRipe(clip, now, ringOf(clip.cameraId)?.coversUntil ?? null)) continue;
			if (disk.roomForVideo) await this.#make(clip, now, signal);
			else this.#failed(clip, "no_room", now);
		}
	}

	async #make(clip: ClipJob, now: number, signal?: AbortSignal): Promise<void> {
		const { sets, clock, folder, ringOf, onClip, log } = this.#parts;
		const file = `${clip.id}.mp4`;
		try {
			const cut =
				(await ringOf(clip.cameraId)?.cut({
					fromAt: clip.fromAt,
					toAt: clip.toAt,
					outFile: folder.fileOf(file),
					...(signal ? { signal } : {}),
				})) ?? null;
			if (!cut) return this.#failed(clip, "no_video", now);
			const kept = await folder.describe(file);
			const capturedAt = Math.round(cut.startedAt);
			const facts = { capturedAt, widthPx: null, heightPx: null, sha256: kept.sha256, clock: clock(), overlay: null };
			const made = { ...kept, capturedAt, durationMs: Math.round(cut.durationMs) };
			this.#notBefore.delete(clip.id);
			if (!sets.made(clip, made, (set) => itemTaken(set, clip.id, facts))) return await folder.remove(file);
			log.info(
				{ alertId: clip.alertId, cameraId: clip.cameraId, bytes: kept.bytes, durationMs: cut.durationMs },
				"a clip was cut",
			);
			onClip();
		} catch (err) {
			if (signal?.aborted) return;
			log.warn({ err, alertId: clip.alertId, cameraId: clip.cameraId }, "a clip could not be cut");
			this.#failed(clip, "failed", now);
		}
	}

	#failed(clip: ClipJob, reason: "no_video" | "failed" | "no_room", now: number): void {
		const { sets, ringKeepMs, log } = this.#parts;
		const outcome = reason === "no_video" ? "nothing_there" : "failed";
		if (afterFailedCut(clip, outcome, now, ringKeepMs) === "again") {
			this.#notBefore.set(clip.id, now + tryAgainMs);
			return;
		}
		sets.missing(clip, reason);
		this.#notBefore.delete(clip.id);
		log.error(
			{ alertId: clip.alertId, cameraId: clip.cameraId },
			outcome === "failed"
				? "an alert lacks a clip: it could not be cut while its video was kept"
				: "an alert lacks a clip: the camera's video of that time was not recorded",
		);
	}
}

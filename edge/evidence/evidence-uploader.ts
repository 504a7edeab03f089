import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Logger } from "#platform/log.ts";
import { Bell } from "../bell.ts";
import { keepSending } from "../keep-sending.ts";
import type { EvidenceJobs, UploadJob } from "../store/evidence-jobs.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { afterFailedUpload } from "./evidence-plan.ts";
import type { LostReason } from "./evidence-set.ts";
import type { SetKeeper } from "./set-keeper.ts";
import { sendByTus, type UploadTarget, UploadError } from "./tus-upload.ts";

const lookEveryMs = 30_000;
/** So long a file waits that the server did not take although it answers. */
const passOverMs = 300_000;

export interface EvidenceUploaderParts {
	readonly jobs: EvidenceJobs;
	/** Told what becomes of each: what is lost is missing from now on. */
	readonly sets: Pick<SetKeeper, "sent" | "lost">;
	readonly folder: EvidenceFolder;
	readonly target: UploadTarget;
	/** Bytes that may wait. */
	readonly maxBytes: number;
	/** Nothing goes before it is sealed. */
	readonly onlySealed?: boolean;
	readonly log: Logger;
}

/**
 * Sends what is on disk to the server, one file at a time, for as long as it takes; an upload that was begun goes on
 * where it was. A row goes only when the server has said that it has the file, then the file goes.
 */
export class EvidenceUploader {
	readonly #parts: EvidenceUploaderParts;
	readonly #news = new Bell();
	readonly #notBefore = new Map<string, number>();

	constructor(parts: EvidenceUploaderParts) {
		this.#parts = parts;
	}

	/** There is something new to send. */
	wake(): void {
		this.#news.ring();
	}

	run(signal: AbortSignal): Promise<void> {
		return keepSending(
			{
				send: () => this.#sendAll(signal),
				news: this.#news,
				lookEveryMs,
				onTrouble: (err) =>
					this.#parts.log.warn(
						{ trouble: (err as Error).message },
						"evidence cannot be sent at the moment: it waits on disk, trying again",
					),
				onRecovery: () => this.#parts.log.info("evidence is being sent again"),
			},
			signal,
		);
	}

	/** Bounded: beyond `maxBytes` the oldest goes, clips before stills. */
	async keepWithinLimit(): Promise<void> {
		const { jobs, maxBytes, log } = this.#parts;
		while (jobs.waitingBytes() > maxBytes) {
			const job = jobs.toSacrifice();
			if (!job) return;
			await this.#done(job, "given_up");
			log.error(
				{ alertId: job.alertId, kind: job.kind, bytes: job.bytes },
				"evidence was given up before it could be sent: too much waits on disk",
			);
		}
	}

	async #sendAll(signal: AbortSignal): Promise<void> {
		const passedOver = new Set<string>();
		for (;;) {
			await this.keepWithinLimit(); // before each: over a slow line one round takes hours
			const now = performance.now();
			const { jobs, onlySealed = false } = this.#parts;
			const job = jobs
				.toUpload(100, { onlySealed })
				.find(({ id }) => !passedOver.has(id) && (this.#notBefore.get(id) ?? 0) <= now);
			if (!job || signal.aborted) return;
			passedOver.add(job.id);
			await this.#send(job, signal);
		}
	}

	/** @throws UploadError when nothing can be sent now */
	async #send(job: UploadJob, signal: AbortSignal): Promise<void> {
		const { jobs, folder, target, log } = this.#parts;
		const subject = { alertId: job.alertId, kind: job.kind };
		const path = folder.fileOf(job.file);
		if ((await sizeOf(path)) !== job.bytes) {
			log.error({ ...subject, file: path }, "evidence is missing on disk or was changed");
			return this.#done(job, "lost");
		}
		let lost: LostReason | null = null;
		try {
			await sendByTus(target, {
				open: () => createReadStream(path),
				bytes: job.bytes,
				metadata: metadataOf(job),
				url: job.uploadUrl,
				onUrl: (url) => jobs.setUploadUrl(job.id, url),
				signal,
			});
		} catch (error) {
			const meaning = error instanceof UploadError ? afterFailedUpload(error.status, error.word) : "all_later";
			if (meaning === "all_later") throw error;
			if (meaning === "this_later" || (meaning === "look_again" && (await this.#isAsItWas(job)))) {
				log.warn({ err: error, ...subject }, "evidence was not taken by the server: it is tried again later");
				jobs.setUploadUrl(job.id, null);
				this.#notBefore.set(job.id, performance.now() + passOverMs);
				return;
			}
			if (meaning !== "stored") {
				log.error({ err: error, ...subject }, "the server refuses this evidence for good");
				lost = meaning === "never" ? "refused" : "lost";
			}
		}
		await this.#done(job, lost);
	}

	/** What was changed on the way goes well another time; what was changed on our disk never does. */
	async #isAsItWas({ file, sha256 }: UploadJob): Promise<boolean> {
		return (await this.#parts.folder.describe(file)).sha256 === sha256;
	}

	/** First the row: a file without a row is swept, a row without a file would be a promise that cannot be kept. */
	async #done(job: UploadJob, lost: LostReason | null): Promise<void> {
		const { sets } = this.#parts;
		if (lost) sets.lost(job, lost);
		else sets.sent(job);
		this.#notBefore.delete(job.id);
		await this.#parts.folder.remove(job.file);
	}
}

function metadataOf(job: UploadJob): Record<string, string> {
	return {
		evidenceId: job.id,
		alertId: job.alertId,
		kind: job.kind,
		capturedAt: String(job.capturedAt),
		...(job.durationMs === null ? {} : { durationMs: String(job.durationMs) }),
		contentType: job.kind === "clip" ? "video/mp4" : "image/jpeg",
		sha256: job.sha256,
	};
}

async function sizeOf(path: string): Promise<number | null> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw error;
	}
}

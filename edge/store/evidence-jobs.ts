import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** A file of evidence that lies whole and fsynced on disk. */
export interface KeptFile {
	/** Name below the evidence folder. */
	readonly file: string;
	readonly bytes: number;
	readonly sha256: string;
}

/** Evidence that is on disk and not yet at the server. */
export interface UploadJob extends KeptFile {
	readonly id: string;
	readonly alertId: string;
	readonly cameraId: string;
	readonly kind: EvidenceKind;
	readonly capturedAt: number;
	readonly durationMs: number | null;
	/** Of photos. */
	readonly widthPx: number | null;
	readonly heightPx: number | null;
	readonly uploadUrl: string | null;
}

/** A photo that is to be got out of the camera's ring: the first picture of a time, or the last. */
export interface PhotoJob extends ClipJob {
	readonly kind: EvidenceKind;
	readonly take: "first" | "last";
}

/** What is known of a file that was made, beside the file. */
export interface Made extends KeptFile {
	readonly capturedAt: number;
	readonly durationMs?: number;
	readonly widthPx?: number;
	readonly heightPx?: number;
}

/** A clip that is to be cut out of the camera's ring. */
export interface ClipJob {
	readonly id: string;
	readonly alertId: string;
	readonly cameraId: string;
	readonly fromAt: number;
	readonly toAt: number;
}

/** Of `evidence_jobs`, as an `UploadJob`. */
export const uploadColumns = `id, alert_id AS alertId, camera_id AS cameraId, kind, captured_at AS capturedAt,
	duration_ms AS durationMs, width_px AS widthPx, height_px AS heightPx, file, bytes, sha256, upload_url AS uploadUrl`;

/**
 * What is to be made and to be sent; see schema.sql for the invariant. Everything is written `OR IGNORE` by its made id, so
 * that a step that is repeated after a crash changes nothing.
 */
export class EvidenceJobs {
	readonly #store: EdgeStore;

	constructor(store: EdgeStore) {
		this.#store = store;
	}

	/** Joins the caller's transaction. */
	addStill(still: Omit<UploadJob, "durationMs" | "widthPx" | "heightPx" | "uploadUrl">, at: number): void {
		this.#store
			.prepare(
				`INSERT OR IGNORE INTO evidence_jobs
				(id, alert_id, camera_id, kind, state, captured_at, file, bytes, sha256, created_at)
				VALUES (@id, @alertId, @cameraId, @kind, 'to_upload', @capturedAt, @file, @bytes, @sha256, @at)`,
			)
			.run({ ...still, at });
	}

	clipsToCut(): ClipJob[] {
		return this.#store
			.prepare(
				`SELECT id, alert_id AS alertId, camera_id AS cameraId, from_at AS fromAt, to_at AS toAt
				FROM evidence_jobs WHERE state = 'to_cut' ORDER BY to_at, id`,
			)
			.all() as ClipJob[];
	}

	/** Joins the caller's transaction. Planned anew, it is to show another time. @param raised whether its alert is there */
	plan(
		job: (ClipJob | PhotoJob) & { readonly kind: EvidenceKind },
		{ raised, at }: { raised: boolean; at: number },
	): void {
		this.#store
			.prepare(
				`INSERT INTO evidence_jobs
				(id, alert_id, camera_id, kind, state, raised, take, from_at, to_at, captured_at, created_at)
				VALUES (@id, @alertId, @cameraId, @kind, @state, @raised, @take, @fromAt, @toAt, @fromAt, @at)
				ON CONFLICT (id) DO UPDATE SET from_at = excluded.from_at, to_at = excluded.to_at
				WHERE state IN ('to_cut', 'to_take')`,
			)
			.run({
				...{ id: job.id, alertId: job.alertId, cameraId: job.cameraId, kind: job.kind },
				...{ fromAt: Math.round(job.fromAt), toAt: Math.round(job.toAt), raised: raised ? 1 : 0, at },
				...("take" in job ? { take: job.take, state: "to_take" } : { take: null, state: "to_cut" }),
			});
	}

	photosToTake(): PhotoJob[] {
		return this.#store
			.prepare(
				`SELECT id, alert_id AS alertId, camera_id AS cameraId, kind, take, from_at AS fromAt, to_at AS toAt
				FROM evidence_jobs WHERE state = 'to_take' ORDER BY from_at, id`,
			)
			.all() as PhotoJob[];
	}

	/** Joins the caller's transaction. False where it is wanted no more: then the file is nobody's. */
	wasMade(id: string, made: Made): boolean {
		return (
			this.#store
				.prepare(
					`UPDATE evidence_jobs SET state = iif(raised, 'to_upload', 'held'), captured_at = @capturedAt,
					duration_ms = @durationMs, width_px = @widthPx, height_px = @heightPx, file = @file, bytes = @bytes,
					sha256 = @sha256 WHERE id = @id AND state IN ('to_cut', 'to_take')`,
				)
				.run({ durationMs: null, widthPx: null, heightPx: null, ...made, id }).changes > 0
		);
	}

	/** What was drawn after a photo: goes the way that goes. Joins the caller's transaction. */
	addDrawn(drawn: Made & { readonly id: string; readonly kind: EvidenceKind }, photoId: string, at: number): void {
		this.#store
			.prepare(
				`INSERT OR IGNORE INTO evidence_jobs (id, alert_id, camera_id, kind, state, raised, captured_at, width_px,
					height_px, file, bytes, sha256, created_at)
				SELECT @id, alert_id, camera_id, @kind, state, raised, @capturedAt, @widthPx, @heightPx, @file, @bytes, @sha256,
					@at FROM evidence_jobs WHERE id = @photoId`,
			)
			.run({ widthPx: null, heightPx: null, ...drawn, photoId, at });
	}

	/** A photo that was made without a job of its own. Held while its alert may yet never come. Joins the caller's transaction. */
	addMade(
		made: Made & {
			readonly id: string;
			readonly alertId: string;
			readonly cameraId: string;
			readonly kind: EvidenceKind;
		},
		{ raised, at }: { raised: boolean; at: number },
	): void {
		this.#store
			.prepare(
				`INSERT OR IGNORE INTO evidence_jobs (id, alert_id, camera_id, kind, state, raised, captured_at, width_px,
					height_px, file, bytes, sha256, created_at)
				VALUES (@id, @alertId, @cameraId, @kind, iif(@raised, 'to_upload', 'held'), @raised, @capturedAt, @widthPx,
					@heightPx, @file, @bytes, @sha256, @at)`,
			)
			.run({ widthPx: null, heightPx: null, ...made, raised: raised ? 1 : 0, at });
	}

	/** The alert is there: what was held for it goes. Joins the caller's transaction. */
	alertIsRaised(alertId: string): void {
		this.#store
			.prepare(
				"UPDATE evidence_jobs SET raised = 1, state = iif(state = 'held', 'to_upload', state) WHERE alert_id = ? AND raised = 0",
			)
			.run(alertId);
	}

	/** It never became an alert. Answers the files of what was held for it. Joins the caller's transaction. */
	dropHeld(alertId: string): string[] {
		const files = this.#store
			.prepare("DELETE FROM evidence_jobs WHERE alert_id = ? AND raised = 0 RETURNING file")
			.pluck()
			.all(alertId) as (string | null)[];
		return files.filter((file) => file !== null);
	}

	/**
	 * Stills first: they are small, and say most; copies with words on them last: nobody waits for them.
	 * @param onlySealed leaves out what is still to be sealed. What has no facts is from an older program, and goes unsealed
	 */
	toUpload(limit = 100, { onlySealed = false } = {}): UploadJob[] {
		const condition = onlySealed
			? `AND (id IN (SELECT evidence_id FROM sealed_evidence) OR alert_id NOT IN (SELECT alert_id FROM alert_facts))`
			: "";
		return this.#store
			.prepare(
				`SELECT ${uploadColumns} FROM evidence_jobs WHERE state = 'to_upload' ${condition}
				ORDER BY kind = 'overlay', kind = 'clip', created_at, id LIMIT ?`,
			)
			.all(limit) as UploadJob[];
	}

	/** What goes first when there is too much: clips before stills, the oldest first. */
	toSacrifice(): UploadJob | undefined {
		return this.#store
			.prepare(
				`SELECT ${uploadColumns} FROM evidence_jobs WHERE state = 'to_upload'
				ORDER BY kind <> 'clip', created_at, id LIMIT 1`,
			)
			.get() as UploadJob | undefined;
	}

	setUploadUrl(id: string, url: string | null): void {
		this.#store.prepare("UPDATE evidence_jobs SET upload_url = ? WHERE id = ?").run(url, id);
	}

	remove(id: string): void {
		this.#store.prepare("DELETE FROM evidence_jobs WHERE id = ?").run(id);
	}

	/** Whether anything of it is to be made or to be sent. */
	waitsOf(alertId: string): boolean {
		return this.#store.prepare("SELECT 1 FROM evidence_jobs WHERE alert_id = ?").get(alertId) !== undefined;
	}

	/** Bytes on disk that wait for their upload. */
	waitingBytes(): number {
		return this.#store.prepare("SELECT coalesce(sum(bytes), 0) FROM evidence_jobs").pluck().get() as number;
	}

	/** Files that lie on disk until the server has them. */
	waiting(): { readonly files: number; readonly bytes: number } {
		return this.#store
			.prepare("SELECT count(file) AS files, coalesce(sum(bytes), 0) AS bytes FROM evidence_jobs")
			.get() as { files: number; bytes: number };
	}

	/** Names of all files that a row speaks of. */
	files(): Set<string> {
		return new Set(
			this.#store
				.prepare(
					`SELECT file FROM evidence_jobs WHERE file IS NOT NULL UNION SELECT file FROM entry_stills
					UNION SELECT file FROM seals WHERE settled_at IS NULL`,
				)
				.pluck()
				.all() as string[],
		);
	}
}

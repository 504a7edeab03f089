import type { EvidenceKind } from "#contract/http-api.ts";
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
	readonly uploadUrl: string | null;
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
	duration_ms AS durationMs, file, bytes, sha256, upload_url AS uploadUrl`;

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
	addStill(still: Omit<UploadJob, "durationMs" | "uploadUrl">, at: number): void {
		this.#store
			.prepare(
				`INSERT OR IGNORE INTO evidence_jobs
				(id, alert_id, camera_id, kind, state, captured_at, file, bytes, sha256, created_at)
				VALUES (@id, @alertId, @cameraId, @kind, 'to_upload', @capturedAt, @file, @bytes, @sha256, @at)`,
			)
			.run({ ...still, at });
	}

	/** Joins the caller's transaction. */
	addClip(clip: ClipJob, at: number): void {
		this.#store
			.prepare(
				`INSERT OR IGNORE INTO evidence_jobs
				(id, alert_id, camera_id, kind, state, from_at, to_at, captured_at, created_at)
				VALUES (@id, @alertId, @cameraId, 'clip', 'to_cut', @fromAt, @toAt, @fromAt, @at)`,
			)
			.run({ ...clip, at });
	}

	clipsToCut(): ClipJob[] {
		return this.#store
			.prepare(
				`SELECT id, alert_id AS alertId, camera_id AS cameraId, from_at AS fromAt, to_at AS toAt
				FROM evidence_jobs WHERE state = 'to_cut' ORDER BY to_at, id`,
			)
			.all() as ClipJob[];
	}

	clipWasCut(id: string, clip: KeptFile & { capturedAt: number; durationMs: number }): void {
		this.#store
			.prepare(
				`UPDATE evidence_jobs SET state = 'to_upload', captured_at = @capturedAt, duration_ms = @durationMs,
				file = @file, bytes = @bytes, sha256 = @sha256 WHERE id = @id`,
			)
			.run({ ...clip, id });
	}

	/**
	 * Stills first: they are small, and say most.
	 * @param onlySealed leaves out what is still to be sealed. What has no facts is from an older program, and goes unsealed
	 */
	toUpload(limit = 100, { onlySealed = false } = {}): UploadJob[] {
		const condition = onlySealed
			? `AND (id IN (SELECT evidence_id FROM sealed_evidence) OR alert_id NOT IN (SELECT alert_id FROM alert_facts))`
			: "";
		return this.#store
			.prepare(
				`SELECT ${uploadColumns} FROM evidence_jobs WHERE state = 'to_upload' ${condition}
				ORDER BY kind = 'clip', created_at, id LIMIT ?`,
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

	/** Bytes on disk that wait for their upload. */
	waitingBytes(): number {
		return this.#store.prepare("SELECT coalesce(sum(bytes), 0) FROM evidence_jobs").pluck().get() as number;
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

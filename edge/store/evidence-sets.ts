import type { EvidenceSet } from "../evidence/evidence-set.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** What each occupancy is to have of evidence, until all of it was made and sent, or given up, and the server knows. */
export class EvidenceSets {
	readonly #store: EdgeStore;

	constructor(store: EdgeStore) {
		this.#store = store;
	}

	find(alertId: string): EvidenceSet | undefined {
		const body = this.#store.prepare("SELECT body FROM evidence_sets WHERE alert_id = ?").pluck().get(alertId);
		return body === undefined ? undefined : (JSON.parse(body as string) as EvidenceSet);
	}

	/** Joins the caller's transaction. */
	put(set: EvidenceSet): void {
		this.#store
			.prepare(
				`INSERT INTO evidence_sets (alert_id, camera_id, zone_id, raised, revision, body)
				VALUES (@alertId, @cameraId, @zoneId, @raised, @revision, @body)
				ON CONFLICT (alert_id) DO UPDATE SET raised = excluded.raised, revision = excluded.revision, body = excluded.body`,
			)
			.run({
				alertId: set.alertId,
				cameraId: set.cameraId,
				zoneId: set.zoneId,
				raised: set.raisedAt === null ? 0 : 1,
				revision: set.revision,
				body: JSON.stringify(set),
			});
	}

	/** Takes out what never became an alert; answers the alerts' ids. Joins the caller's transaction. */
	dropUnraised(zoneId: string): string[] {
		return this.#store
			.prepare("DELETE FROM evidence_sets WHERE zone_id = ? AND raised = 0 RETURNING alert_id")
			.pluck()
			.all(zoneId) as string[];
	}

	ofCamera(cameraId: string): EvidenceSet[] {
		const bodies = this.#store.prepare("SELECT body FROM evidence_sets WHERE camera_id = ?").pluck().all(cameraId);
		return (bodies as string[]).map((body) => JSON.parse(body) as EvidenceSet);
	}

	/** The oldest first. */
	ids(): string[] {
		return this.#store.prepare("SELECT alert_id FROM evidence_sets ORDER BY rowid").pluck().all() as string[];
	}

	/** By the alert's id, the oldest first. */
	revisions(): Map<string, number> {
		const rows = this.#store.prepare("SELECT alert_id, revision FROM evidence_sets ORDER BY rowid").raw().all();
		return new Map(rows as [string, number][]);
	}

	/** Those of which the server does not know the latest, the oldest first. */
	toTell(limit: number): EvidenceSet[] {
		const bodies = this.#store
			.prepare("SELECT body FROM evidence_sets WHERE raised = 1 AND told_revision < revision ORDER BY rowid LIMIT ?")
			.pluck()
			.all(limit) as string[];
		return bodies.map((body) => JSON.parse(body) as EvidenceSet);
	}

	told(alertId: string, revision: number): void {
		this.#store.prepare("UPDATE evidence_sets SET told_revision = ? WHERE alert_id = ?").run(revision, alertId);
	}

	/** Where the server knows the latest of it. */
	removeTold(alertId: string): void {
		this.#store.prepare("DELETE FROM evidence_sets WHERE alert_id = ? AND told_revision = revision").run(alertId);
	}
}

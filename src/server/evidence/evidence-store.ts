import type { EvidenceAnswer } from "#contract/alerts-api.ts";
import type { Store } from "../store/open-store.ts";

export interface EvidenceRow extends EvidenceAnswer {
	readonly alertId: string;
	readonly edgeId: string;
}

const answerColumns = `id, kind, captured_at AS capturedAt, duration_ms AS durationMs, content_type AS contentType,
	bytes, sha256`;
const columns = `${answerColumns}, alert_id AS alertId, edge_id AS edgeId`;

/** By the alert's own edge alone: another one cannot add to it. */
export function evidenceOfAlert(store: Store, alertId: string, edgeId: string): EvidenceAnswer[] {
	return store
		.prepare<[string, string], EvidenceAnswer>(
			`SELECT ${answerColumns} FROM evidence WHERE alert_id = ? AND edge_id = ? ORDER BY captured_at, kind, id`,
		)
		.all(alertId, edgeId);
}

export function findEvidence(store: Store, id: string): EvidenceRow | undefined {
	return store.prepare<[string], EvidenceRow>(`SELECT ${columns} FROM evidence WHERE id = ?`).get(id);
}

export function listEvidence(store: Store): IterableIterator<EvidenceRow> {
	return store.prepare<[], EvidenceRow>(`SELECT ${columns} FROM evidence ORDER BY stored_at, id`).iterate();
}

/** Only once its file lies whole and fsynced in its place. */
export function insertEvidence(store: Store, row: EvidenceRow & { storedAt: number; ledgerSeq: number }): void {
	store
		.prepare(
			`INSERT INTO evidence (id, alert_id, edge_id, kind, captured_at, duration_ms, content_type, bytes, sha256, stored_at,
				ledger_seq)
			VALUES (@id, @alertId, @edgeId, @kind, @capturedAt, @durationMs, @contentType, @bytes, @sha256, @storedAt,
				@ledgerSeq)`,
		)
		.run(row);
}

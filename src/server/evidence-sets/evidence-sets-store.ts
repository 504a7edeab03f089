import { type EvidenceSetBody, evidenceSetBody } from "#contract/evidence-set.ts";
import type { Store } from "../store/open-store.ts";

/** By the alert's own edge alone: what another one told under its id is not shown. */
export function evidenceSetOf(store: Store, alertId: string, edgeId: string): EvidenceSetBody | null {
	const body = store
		.prepare("SELECT body FROM evidence_sets WHERE alert_id = ? AND edge_id = ?")
		.pluck()
		.get(alertId, edgeId) as string | undefined;
	// One that an older edge told lacks what has its default since.
	return body === undefined ? null : evidenceSetBody.parse(JSON.parse(body));
}

/** The edge that told of it first. */
export function edgeOfEvidenceSet(store: Store, alertId: string): string | undefined {
	return store.prepare("SELECT edge_id FROM evidence_sets WHERE alert_id = ?").pluck().get(alertId) as
		string | undefined;
}

/** Answers whether it was newer than what was known; what another edge told before its alert was known gives way. */
export function putEvidenceSet(
	store: Store,
	row: { alertId: string; edgeId: string; body: EvidenceSetBody; receivedAt: number },
): boolean {
	const { alertId, edgeId, body, receivedAt } = row;
	return (
		store
			.prepare(
				`INSERT INTO evidence_sets (alert_id, edge_id, revision, body, received_at) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (alert_id) DO UPDATE SET edge_id = excluded.edge_id, revision = excluded.revision,
					body = excluded.body, received_at = excluded.received_at
				WHERE excluded.revision > revision OR excluded.edge_id <> edge_id`,
			)
			.run(alertId, edgeId, body.revision, JSON.stringify(body), receivedAt).changes > 0
	);
}

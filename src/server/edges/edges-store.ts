import type { EdgeAnswer } from "#contract/edges-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

export interface EdgeRow {
	readonly id: string;
	readonly siteId: string;
	readonly name: string;
	readonly tokenHash: string;
	readonly revokedAt: number | null;
	readonly state: EdgeAnswer["state"];
	readonly stateSince: number | null;
	readonly configRevision: number;
	readonly appliedRevision: number;
	/** JSON. */
	readonly clock: string | null;
}

const columns = `id, site_id AS siteId, name, token_hash AS tokenHash, revoked_at AS revokedAt, state,
	state_since AS stateSince, config_revision AS configRevision, applied_revision AS appliedRevision, clock`;

export function insertEdge(
	store: Store,
	edge: { id: string; siteId: string; name: string; tokenHash: string; createdAt: number },
): void {
	store
		.prepare(
			`INSERT INTO edges (id, site_id, name, token_hash, created_at)
			VALUES (@id, @siteId, @name, @tokenHash, @createdAt)`,
		)
		.run(edge);
}

export function findEdge(store: Store, id: string): EdgeRow | undefined {
	return store.prepare<[string], EdgeRow>(`SELECT ${columns} FROM edges WHERE id = ?`).get(id);
}

export function listEdges(store: Store, sites: VisibleSites): readonly EdgeRow[] {
	return store
		.prepare<[object], EdgeRow>(`SELECT ${columns} FROM edges WHERE ${inVisibleSites("site_id")} ORDER BY site_id, id`)
		.all({ sites: sitesParameter(sites) });
}

export function setToken(store: Store, id: string, tokenHash: string): void {
	store.prepare("UPDATE edges SET token_hash = ?, revoked_at = NULL WHERE id = ?").run(tokenHash, id);
}

export function setRevokedAt(store: Store, id: string, at: number): void {
	store.prepare("UPDATE edges SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?").run(at, id);
}

/** In the transaction of the change itself. Answers the new revision. */
export function bumpConfigRevision(store: Store, id: string): number {
	const row = store
		.prepare<[string], { revision: number }>(
			"UPDATE edges SET config_revision = config_revision + 1 WHERE id = ? RETURNING config_revision AS revision",
		)
		.get(id);
	if (!row) throw new Error(`there is no edge ${id}`);
	return row.revision;
}

/** Answers whether that was new. */
export function setAppliedRevision(store: Store, id: string, revision: number): boolean {
	return (
		store
			.prepare("UPDATE edges SET applied_revision = ? WHERE id = ? AND applied_revision <> ? AND config_revision >= ?")
			.run(revision, id, revision, revision).changes > 0
	);
}

export const edgeAnswerOf = (edge: EdgeRow): EdgeAnswer => ({
	id: edge.id,
	siteId: edge.siteId,
	name: edge.name,
	state: edge.state,
	since: edge.stateSince,
	revokedAt: edge.revokedAt,
	clock: edge.clock === null ? null : (JSON.parse(edge.clock) as EdgeAnswer["clock"]),
});

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
	readonly enrolledAt: number | null;
	/** Of a code that nobody has used yet. */
	readonly codeUntil: number | null;
	/** JSON. */
	readonly clock: string | null;
}

const columns = `id, site_id AS siteId, name, token_hash AS tokenHash, revoked_at AS revokedAt, state,
	state_since AS stateSince, config_revision AS configRevision, applied_revision AS appliedRevision, clock,
	enrolled_at AS enrolledAt,
	(SELECT c.expires_at FROM enrolment_codes c WHERE c.edge_id = edges.id AND c.used_at IS NULL) AS codeUntil`;

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

/** Tokens have 256 random bits, so that a search by their hash tells nobody anything by the time that it takes. */
export function findEdgeByToken(store: Store, tokenHash: string): EdgeRow | undefined {
	return store.prepare<[string], EdgeRow>(`SELECT ${columns} FROM edges WHERE token_hash = ?`).get(tokenHash);
}

export function listEdges(store: Store, sites: VisibleSites): readonly EdgeRow[] {
	return store
		.prepare<[object], EdgeRow>(`SELECT ${columns} FROM edges WHERE ${inVisibleSites("site_id")} ORDER BY site_id, id`)
		.all({ sites: sitesParameter(sites) });
}

/** The broker ends a connection whose token does not count any more, and its last will with it. */
export function setToken(store: Store, id: string, tokenHash: string, at: number): void {
	store.prepare("UPDATE edges SET token_hash = ? WHERE id = ?").run(tokenHash, id);
	takeAsOffline(store, id, at);
}

/** By a code: also an edge that was revoked is let in again. */
export function giveCredentials(store: Store, id: string, tokenHash: string, at: number): void {
	store.prepare("UPDATE edges SET revoked_at = NULL, enrolled_at = ? WHERE id = ?").run(at, id);
	setToken(store, id, tokenHash, at);
}

export function setRevokedAt(store: Store, id: string, at: number): void {
	store.prepare("UPDATE edges SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?").run(at, id);
	takeAsOffline(store, id, at);
}

/** Whatever it says next counts, also the same as before. */
function takeAsOffline(store: Store, id: string, at: number): void {
	store
		.prepare("UPDATE edges SET state = 'offline', state_since = ?, state_at = NULL WHERE id = ? AND state = 'online'")
		.run(at, id);
}

/** What it says each minute is written where it is another. */
export function noteTrust(store: Store, id: string, trusts: string): void {
	store.prepare("UPDATE edges SET trusts = @trusts WHERE id = @id AND trusts IS NOT @trusts").run({ id, trusts });
}

/** Those that call this server, or may, and do not keep the authorities of this SHA-256. */
export const edgesThatDoNotTrust = (store: Store, sha256: string): readonly string[] =>
	store
		.prepare<[string], string>(
			`SELECT id FROM edges WHERE revoked_at IS NULL AND imported_at IS NULL AND coalesce(enrolled_at, state_since) IS NOT NULL AND trusts IS NOT ?
			ORDER BY id`,
		)
		.pluck()
		.all(sha256);

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
	enrolledAt: edge.enrolledAt,
	codeUntil: edge.codeUntil,
	clock: edge.clock === null ? null : (JSON.parse(edge.clock) as EdgeAnswer["clock"]),
});

import type { EdgeKeyAnswer, EdgeKeysAnswer } from "#contract/seal-api.ts";
import type { Store } from "../store/open-store.ts";

const columns = "id, public_key AS publicKey, registered_at AS registeredAt, retired_at AS retiredAt";

/** Newest first; the one in use is without `retiredAt`. */
export function keysOfEdge(store: Store, edgeId: string): EdgeKeyAnswer[] {
	return store
		.prepare<[string], EdgeKeyAnswer>(
			`SELECT ${columns} FROM edge_keys WHERE edge_id = ? ORDER BY registered_at DESC, id`,
		)
		.all(edgeId);
}

export function findKey(store: Store, edgeId: string, keyId: string): EdgeKeyAnswer | undefined {
	return store
		.prepare<[string, string], EdgeKeyAnswer>(`SELECT ${columns} FROM edge_keys WHERE edge_id = ? AND id = ?`)
		.get(edgeId, keyId);
}

export function findKeyInUse(store: Store, edgeId: string): EdgeKeyAnswer | undefined {
	return store
		.prepare<[string], EdgeKeyAnswer>(`SELECT ${columns} FROM edge_keys WHERE edge_id = ? AND retired_at IS NULL`)
		.get(edgeId);
}

/** The key in use is retired first, where there is one. */
export function putKey(store: Store, edgeId: string, key: { id: string; publicKey: string; at: number }): void {
	store.prepare("UPDATE edge_keys SET retired_at = ? WHERE edge_id = ? AND retired_at IS NULL").run(key.at, edgeId);
	store
		.prepare("INSERT INTO edge_keys (edge_id, id, public_key, registered_at) VALUES (?, ?, ?, ?)")
		.run(edgeId, key.id, key.publicKey, key.at);
}

export function allowKeyReplacement(
	store: Store,
	word: { edgeId: string; userId: string; at: number; reason: string },
): void {
	store
		.prepare(
			`INSERT INTO key_replacements (edge_id, allowed_by, allowed_at, reason) VALUES (@edgeId, @userId, @at, @reason)
			ON CONFLICT (edge_id) WHERE used_at IS NULL
			DO UPDATE SET allowed_by = excluded.allowed_by, allowed_at = excluded.allowed_at, reason = excluded.reason`,
		)
		.run(word);
}

export function allowedKeyReplacement(store: Store, edgeId: string): EdgeKeysAnswer["replacementAllowed"] {
	const row = store
		.prepare<[string], NonNullable<EdgeKeysAnswer["replacementAllowed"]>>(
			`SELECT u.name AS by, r.allowed_at AS at, r.reason FROM key_replacements r JOIN users u ON u.id = r.allowed_by
			WHERE r.edge_id = ? AND r.used_at IS NULL`,
		)
		.get(edgeId);
	return row ?? null;
}

/** Answers whether there was one. */
export function useKeyReplacement(store: Store, edgeId: string, at: number): boolean {
	return (
		store.prepare("UPDATE key_replacements SET used_at = ? WHERE edge_id = ? AND used_at IS NULL").run(at, edgeId)
			.changes > 0
	);
}

import type { Scope, ScopeKind } from "#core/roles/scope.ts";
import type { Store } from "../store/open-store.ts";

export function scopesOf(store: Store, userId: string): readonly Scope[] {
	return store
		.prepare<[string], { kind: "all" | ScopeKind; subject: string }>(
			"SELECT kind, subject FROM user_scopes WHERE user_id = ? ORDER BY kind, subject",
		)
		.all(userId)
		.map(({ kind, subject }) => (kind === "all" ? { kind } : { kind, id: subject }));
}

/** In the place of those before. */
export function putScopes(store: Store, userId: string, scopes: readonly Scope[]): void {
	store.prepare("DELETE FROM user_scopes WHERE user_id = ?").run(userId);
	const insert = store.prepare(
		"INSERT INTO user_scopes (user_id, kind, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
	);
	for (const scope of scopes) insert.run(userId, scope.kind, scope.kind === "all" ? "" : scope.id);
}

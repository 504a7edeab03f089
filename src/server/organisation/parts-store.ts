import type { ScopeKind } from "#core/roles/scope.ts";
import type { Store } from "../store/open-store.ts";

/** A part of the organisation that a scope can name. */
export interface Part {
	readonly id: string;
	readonly name: string;
}

const tableOf = {
	district: "districts",
	street: "streets",
	sector: "sectors",
	site: "sites",
} as const satisfies Record<ScopeKind, string>;

export function listParts(store: Store, kind: ScopeKind): readonly Part[] {
	return store.prepare<[], Part>(`SELECT id, name FROM ${tableOf[kind]} ORDER BY name, id`).all();
}

export const hasPart = (store: Store, kind: ScopeKind, id: string): boolean =>
	store.prepare(`SELECT 1 FROM ${tableOf[kind]} WHERE id = ?`).get(id) !== undefined;

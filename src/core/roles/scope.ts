export const scopeKinds = ["district", "street", "sector", "site"] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** Where a person's rights hold: everywhere, or within one part of the organisation. */
export type Scope = { readonly kind: "all" } | { readonly kind: ScopeKind; readonly id: string };

/** Where a site lies in the organisation: under one street, which is under one district, and in any sectors. */
export interface Place {
	readonly siteId: string;
	readonly streetId: string;
	readonly districtId: string;
	readonly sectorIds: readonly string[];
}

/** Whether one of the scopes takes in this place. No scope is nowhere. */
export const covers = (scopes: readonly Scope[], place: Place): boolean =>
	scopes.some((scope) => takesIn(scope, place));

function takesIn(scope: Scope, { siteId, streetId, districtId, sectorIds }: Place): boolean {
	switch (scope.kind) {
		case "all":
			return true;
		case "district":
			return scope.id === districtId;
		case "street":
			return scope.id === streetId;
		case "sector":
			return sectorIds.includes(scope.id);
		case "site":
			return scope.id === siteId;
	}
}

/** A part of the organisation with all that it lies under, itself first; empty: everywhere. */
export type PartLine = readonly { readonly kind: ScopeKind; readonly id: string }[];

/** Whether all of it lies within one of the scopes: only then may a person administer it, or give it to another. */
export const isWholly = (scopes: readonly Scope[], line: PartLine): boolean =>
	scopes.some((scope) => scope.kind === "all" || line.some(({ kind, id }) => kind === scope.kind && id === scope.id));

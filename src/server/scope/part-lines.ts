import type { PartLine, Scope, ScopeKind } from "#core/roles/scope.ts";
import type { Store } from "../store/open-store.ts";

/** Undefined: there is no such part. */
export function lineOfPart(store: Store, { kind, id }: { readonly kind: ScopeKind; readonly id: string }) {
	return lines[kind](store, id);
}

/** Everywhere for `all`; a part that is gone lies under itself alone. */
export const lineOfScope = (store: Store, scope: Scope): PartLine =>
	scope.kind === "all" ? [] : (lineOfPart(store, scope) ?? [scope]);

/** Where a person's rights hold; who has no sites is administered by those who answer for all. Undefined: nobody. */
export function linesOfUser(store: Store, userId: string): readonly PartLine[] | undefined {
	if (!store.prepare("SELECT 1 FROM users WHERE id = ?").get(userId)) return undefined;
	const scopes = store
		.prepare<[string], { kind: "all" | ScopeKind; subject: string }>(
			"SELECT kind, subject FROM user_scopes WHERE user_id = ?",
		)
		.all(userId);
	if (scopes.length === 0) return [[]];
	return scopes.map(({ kind, subject }) => (kind === "all" ? [] : lineOfScope(store, { kind, id: subject })));
}

/** Where it is the site's, a lane's, or the street's that the site lies under; and where it was first named. */
export function sitesOfParty(store: Store, partyId: string): readonly string[] {
	return store
		.prepare(
			`SELECT s.id FROM sites s JOIN streets r ON r.id = s.street_id
			WHERE s.party_id = @partyId OR r.party_id = @partyId
				OR s.id = (SELECT first_site_id FROM parties WHERE id = @partyId)
				OR EXISTS (SELECT 1 FROM lanes l WHERE l.site_id = s.id AND l.party_id = @partyId)`,
		)
		.pluck()
		.all({ partyId }) as string[];
}

const lines: Readonly<Record<ScopeKind, (store: Store, id: string) => PartLine | undefined>> = {
	district: (store, id) =>
		store.prepare("SELECT 1 FROM districts WHERE id = ?").get(id) ? [{ kind: "district", id }] : undefined,
	sector: (store, id) =>
		store.prepare("SELECT 1 FROM sectors WHERE id = ?").get(id) ? [{ kind: "sector", id }] : undefined,
	street(store, id) {
		const row = store
			.prepare<[string], { districtId: string }>("SELECT district_id AS districtId FROM streets WHERE id = ?")
			.get(id);
		return (
			row && [
				{ kind: "street", id },
				{ kind: "district", id: row.districtId },
			]
		);
	},
	site(store, id) {
		const row = store
			.prepare<[string], { streetId: string; sectors: string }>(
				`SELECT street_id AS streetId, (SELECT json_group_array(sector_id) FROM site_sectors WHERE site_id = s.id) AS sectors
				FROM sites s WHERE id = ?`,
			)
			.get(id);
		if (!row) return undefined;
		const sectors = (JSON.parse(row.sectors) as string[]).map((sector) => ({ kind: "sector" as const, id: sector }));
		return [{ kind: "site", id }, ...(lines.street(store, row.streetId) ?? []), ...sectors];
	},
};

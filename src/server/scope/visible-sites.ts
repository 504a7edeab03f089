import { covers, type Place, type Scope } from "#core/roles/scope.ts";
import type { Store } from "../store/open-store.ts";

/** The sites that somebody may know of. Null: every one, also those to come. */
export type VisibleSites = readonly string[] | null;

/** For what the program itself does, and for nobody's eyes. */
export const everySite: VisibleSites = null;

/** Null: all sites at once. */
export const areVisible = (sites: VisibleSites, asked: readonly string[] | null): boolean =>
	sites === null || (asked !== null && asked.every((siteId) => sites.includes(siteId)));

/** The condition that keeps a list to what its reader may know of; its parameter is `@sites`, see `sitesParameter`. */
export const inVisibleSites = (column: string): string =>
	`(@sites IS NULL OR ${column} IN (SELECT value FROM json_each(@sites)))`;

export const sitesParameter = (sites: VisibleSites): string | null => (sites === null ? null : JSON.stringify(sites));

export function visibleSites(store: Store, scopes: readonly Scope[]): VisibleSites {
	if (scopes.some(({ kind }) => kind === "all")) return everySite;
	if (scopes.length === 0) return [];
	return placesOf(store)
		.filter((place) => covers(scopes, place))
		.map(({ siteId }) => siteId);
}

/** Where every site lies. */
export function placesOf(store: Store): readonly Place[] {
	return store
		.prepare<[], Omit<Place, "sectorIds"> & { sectorIds: string }>(
			`SELECT s.id AS siteId, s.street_id AS streetId, r.district_id AS districtId,
				(SELECT json_group_array(sector_id) FROM site_sectors WHERE site_id = s.id) AS sectorIds
			FROM sites s JOIN streets r ON r.id = s.street_id ORDER BY s.id`,
		)
		.all()
		.map(({ sectorIds, ...place }) => ({ ...place, sectorIds: JSON.parse(sectorIds) as string[] }));
}

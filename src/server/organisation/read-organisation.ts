import type { OrganisationAnswer, PartKind } from "#contract/organisation-api.ts";
import { unassigned } from "#contract/organisation-api.ts";
import { may } from "#core/roles/role-table.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { type Where, objects } from "../scope/objects.ts";
import { isWithinReach } from "../scope/reach.ts";
import { visibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import {
	listDistricts,
	listLaneParties,
	listParties,
	listSectors,
	listSiteRows,
	listStreets,
	sectorsOfSite,
} from "./organisation-store.ts";

/** What the reader's sites lie under, what his scopes name, and who is responsible there. */
export function readOrganisation(store: Store, reader: SignedIn): OrganisationAnswer {
	const { user } = reader;
	const visible = visibleSites(store, user.scopes); // a site that was added just now too
	const seesAll = visible === null;
	const named = (kind: string, id: string) =>
		user.scopes.some((scope) => scope.kind !== "all" && scope.kind === kind && scope.id === id);
	const sites = listSiteRows(store)
		.filter(({ id }) => seesAll || visible.includes(id))
		.map((site) => ({ ...site, sectorIds: sectorsOfSite(store, site.id) }));
	const streetIds = new Set(sites.map(({ streetId }) => streetId));
	const streets = listStreets(store).filter(
		({ id, districtId }) => seesAll || streetIds.has(id) || named("street", id) || named("district", districtId),
	);
	const districtIds = new Set(streets.map(({ districtId }) => districtId));
	const districts = listDistricts(store).filter(({ id }) => seesAll || districtIds.has(id) || named("district", id));
	const sectorIds = new Set(sites.flatMap((site) => site.sectorIds));
	const sectors = listSectors(store).filter(({ id }) => seesAll || sectorIds.has(id) || named("sector", id));
	const siteIds = new Set(sites.map(({ id }) => id));
	const lanes = listLaneParties(store).filter(({ siteId }) => siteIds.has(siteId));
	const partyIds = new Set([
		...lanes.map(({ responsibleId }) => responsibleId),
		...sites.flatMap(({ partyId }) => (partyId === null ? [] : [partyId])),
		...streets.map(({ partyId }) => partyId),
	]);
	const parties = listParties(store).filter(
		({ id, firstSiteId }) => seesAll || partyIds.has(id) || (firstSiteId !== null && siteIds.has(firstSiteId)),
	);
	const withRight = <T extends { readonly id: string }>(kind: PartKind, rows: readonly T[]) =>
		rows.map((row) => ({ ...row, mayChange: mayChange(store, reader, kind, row.id) }));
	return {
		districts: withRight("district", districts),
		streets: withRight("street", streets),
		sectors: withRight("sector", sectors),
		sites: withRight("site", sites),
		parties: withRight(
			"party",
			parties.map(({ contacts, ...party }) => ({ ...party, contacts: [...contacts] })),
		),
		lanes,
	};
}

/** By the rule that the routes go by. */
function mayChange(store: Store, reader: SignedIn, kind: PartKind, id: string): boolean {
	const rights = kind === "party" ? (["configure", "administer"] as const) : (["administer"] as const);
	if (id === unassigned || !rights.some((right) => may(reader.user.role, right))) return false;
	const where: Where | undefined = objects[kind].find({ store }, id);
	return where !== undefined && isWithinReach(reader, rights, where);
}

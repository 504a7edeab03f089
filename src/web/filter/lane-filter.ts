import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import type { WallPicture } from "../live/wall-picture.ts";

/** Where, whose, and what stands there; null: any. Ids of the organisation. */
export interface PlaceFilter {
	readonly district: string | null;
	readonly street: string | null;
	readonly site: string | null;
	readonly party: string | null;
	readonly cause: AlertAnswer["cause"] | null;
}

export const anywhere: PlaceFilter = { district: null, street: null, site: null, party: null, cause: null };

interface Named {
	readonly id: string;
	readonly name: string;
}

/** What there is to choose from: of what the person sees, that under which lanes lie. */
export interface Places {
	readonly districts: readonly Named[];
	readonly streets: readonly (Named & { readonly districtId: string })[];
	readonly sites: readonly (Named & { readonly streetId: string })[];
	readonly parties: readonly Named[];
	/** By site. */
	readonly streetOf: ReadonlyMap<string, string>;
	/** By street. */
	readonly districtOf: ReadonlyMap<string, string>;
	/** By lane: who answers for it. */
	readonly partyOf: ReadonlyMap<string, string>;
}

export function placesOf({ districts, streets, sites, parties, lanes }: OrganisationAnswer): Places {
	const used = new Set(lanes.flatMap(({ siteId, responsibleId }) => [siteId, responsibleId]));
	const usedSites = sites.filter(({ id }) => used.has(id));
	const streetIds = new Set(usedSites.map(({ streetId }) => streetId));
	const usedStreets = streets.filter(({ id }) => streetIds.has(id));
	const districtIds = new Set(usedStreets.map(({ districtId }) => districtId));
	return {
		districts: districts.filter(({ id }) => districtIds.has(id)),
		streets: usedStreets,
		sites: usedSites,
		parties: parties.filter(({ id }) => used.has(id)),
		streetOf: new Map(usedSites.map(({ id, streetId }) => [id, streetId])),
		districtOf: new Map(usedStreets.map(({ id, districtId }) => [id, districtId])),
		partyOf: new Map(lanes.map(({ id, responsibleId }) => [id, responsibleId])),
	};
}

/**
 * The filter as far as it names what there is: what was remembered of somebody else's sites, or of a site that is gone, must
 * not hide lanes. Until the places are known only the class counts.
 */
export function heldFilter(filter: PlaceFilter, places: Places | null): PlaceFilter {
	if (places === null) return { ...anywhere, cause: filter.cause };
	const known = (id: string | null, all: readonly Named[]) => (all.some((one) => one.id === id) ? id : null);
	return {
		district: known(filter.district, places.districts),
		street: known(filter.street, places.streets),
		site: known(filter.site, places.sites),
		party: known(filter.party, places.parties),
		cause: filter.cause,
	};
}

/** After a choice: a street or site that does not lie in what was chosen above it is let go. */
export function withChoice(filter: PlaceFilter, choice: Partial<PlaceFilter>, places: Places): PlaceFilter {
	const next = { ...filter, ...choice };
	const street = next.street !== null && isIn(next.district, places.districtOf.get(next.street)) ? next.street : null;
	const streetOfSite = next.site === null ? undefined : places.streetOf.get(next.site);
	const districtOfSite = streetOfSite === undefined ? undefined : places.districtOf.get(streetOfSite);
	const site = isIn(street, streetOfSite) && isIn(next.district, districtOfSite) ? next.site : null;
	return { ...next, street, site };
}

/** What may be chosen below what is chosen. */
export function choicesIn({ district, street }: PlaceFilter, places: Places): Pick<Places, "streets" | "sites"> {
	return {
		streets: places.streets.filter(({ districtId }) => isIn(district, districtId)),
		sites: places.sites.filter(
			({ streetId }) => isIn(street, streetId) && isIn(district, places.districtOf.get(streetId)),
		),
	};
}

export const countChosen = (filter: PlaceFilter): number =>
	Object.values(filter).filter((value) => value !== null).length;

/** Of a filter that holds. What the places do not know, as a lane that was drawn just now, is shown. */
export function isLaneIn(
	lane: Pick<LaneAnswer, "id" | "placeId" | "siteId">,
	cause: AlertAnswer["cause"] | null,
	filter: PlaceFilter,
	places: Places | null,
): boolean {
	if (filter.cause !== null && filter.cause !== cause) return false;
	if (places === null) return true;
	const streetId = places.streetOf.get(lane.siteId);
	if (streetId === undefined) return true;
	if (filter.site !== null && filter.site !== lane.siteId) return false;
	if (!isIn(filter.street, streetId) || !isIn(filter.district, places.districtOf.get(streetId))) return false;
	if (filter.party === null) return true;
	// Several cameras' lanes of one place: that of any of them.
	const parties = [lane.id, lane.placeId].map((id) => places.partyOf.get(id)).filter((id) => id !== undefined);
	return parties.length === 0 || parties.includes(filter.party);
}

/** An alert lies where its lane lies; a lane that is gone is not asked who answers for it. */
export function isAlertIn(
	alert: AlertAnswer,
	lanes: WallPicture["lanes"],
	filter: PlaceFilter,
	places: Places | null,
): boolean {
	const { laneId, siteId, cause } = alert;
	return isLaneIn(lanes.get(laneId) ?? { id: laneId, placeId: laneId, siteId }, cause, filter, places);
}

const isIn = (chosen: string | null, id: string | undefined): boolean => chosen === null || chosen === id;

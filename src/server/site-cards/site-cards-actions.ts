import type { z } from "zod";
import type { SiteCard, SiteCardAnswer, siteCardBody, SiteCardChangesAnswer } from "#contract/site-cards-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { lastDrillOfLanes } from "../drills/last-drills.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { changesOf } from "./card-parts.ts";
import { findCard, insertVersion, lanesOfSite, listVersions, siteFactsOf } from "./site-cards-store.ts";

const emptyCard: SiteCard = { lanes: [], features: [], contacts: [], bestEntry: "", otherEntry: "" };
/** Versions whose changes are told. */
const mostChanges = 100;

/** @throws ApiError 404 */
export function readCard(store: Store, siteId: string): SiteCardAnswer {
	const site = siteFactsOf(store, siteId);
	if (!site) throw notFound("site");
	const known = findCard(store, siteId);
	const lanes = lanesOfSite(store, siteId);
	const ours = new Set(lanes.map(({ laneId }) => laneId));
	const drilled = lastDrillOfLanes(store, siteId);
	const card = known?.card ?? emptyCard;
	return {
		...{ siteId, siteName: site.name, address: site.address, revision: known?.revision ?? 0 },
		changed: known ? { by: known.by, at: known.at } : null,
		// A lane that is gone keeps its place in the versions, and has none on the card.
		card: { ...card, lanes: card.lanes.filter(({ laneId }) => ours.has(laneId)) },
		lanes: lanes.map((lane) => ({ ...lane, lastDrill: drilled.get(lane.laneId) ?? null })),
		party: site.party && { name: site.party.name, contacts: [...site.party.contacts] },
	};
}

/** @throws ApiError 400 what names no lane of the site; 409 where somebody else has changed it since */
export function saveCard(
	{ store, now }: ServerParts,
	siteId: string,
	{ revision, card }: z.output<typeof siteCardBody>,
	{ user }: SignedIn,
): SiteCardAnswer {
	return store
		.transaction(() => {
			const known = findCard(store, siteId);
			if (known && known.revision !== revision) {
				throw new ApiError(409, "changed_meanwhile", `${known.by} has changed this card meanwhile.`, {
					meanwhile: [{ kind: "changed", by: known.by, at: known.at }],
				});
			}
			refuseForeignNames(store, siteId, card, known?.card ?? emptyCard);
			if (known && JSON.stringify(known.card) === JSON.stringify(card)) return readCard(store, siteId);
			insertVersion(store, siteId, { revision: (known?.revision ?? 0) + 1, card, userId: user.id, at: now() });
			return readCard(store, siteId);
		})
		.immediate();
}

export function readChanges(store: Store, siteId: string): SiteCardChangesAnswer {
	const names = store.prepare<[string], string>("SELECT name FROM lanes WHERE id = ?").pluck();
	const laneName = (laneId: string) => names.get(laneId) ?? laneId;
	return { changes: changesOf(listVersions(store, siteId, mostChanges + 1), mostChanges, laneName) };
}

/** What stood on the card before may stay: its lane may be gone by now. */
function refuseForeignNames(store: Store, siteId: string, { lanes, features }: SiteCard, before: SiteCard): void {
	const ours = new Set(
		[...lanesOfSite(store, siteId), ...before.lanes, ...before.features].map(({ laneId }) => laneId),
	);
	const twice = new Set<string>();
	const isTwice = (id: string) => twice.size === twice.add(id).size;
	const problems = [
		...lanes.flatMap(({ laneId }, index) => [
			...(ours.has(laneId)
				? []
				: [{ path: `card.lanes[${index}].laneId`, message: `there is no lane ${laneId} here` }]),
			...(isTwice(`lane ${laneId}`) ? [{ path: `card.lanes[${index}].laneId`, message: "stands here twice" }] : []),
		]),
		...features.flatMap(({ id, laneId }, index) => [
			...(laneId === null || ours.has(laneId)
				? []
				: [{ path: `card.features[${index}].laneId`, message: `there is no lane ${laneId} here` }]),
			...(isTwice(`feature ${id}`) ? [{ path: `card.features[${index}].id`, message: "stands here twice" }] : []),
		]),
	];
	if (problems.length > 0) throw badInput(...problems);
}

import { siteCard, type SiteCard, type SiteContact } from "#contract/site-cards-api.ts";
import type { Store } from "../store/open-store.ts";

export interface CardVersion {
	readonly revision: number;
	readonly card: SiteCard;
	readonly by: string;
	readonly at: number;
}

interface Row extends Omit<CardVersion, "card"> {
	readonly card: string;
}

const select = `SELECT c.revision, c.card, u.name AS "by", c.changed_at AS at
	FROM site_cards c JOIN users u ON u.id = c.changed_by WHERE c.site_id = ?`;

/** The one that holds; undefined: nobody has filled it in yet. */
export function findCard(store: Store, siteId: string): CardVersion | undefined {
	const row = store.prepare<[string], Row>(`${select} ORDER BY c.revision DESC LIMIT 1`).get(siteId);
	return row && versionOf(row);
}

/** Newest first. */
export const listVersions = (store: Store, siteId: string, most: number): readonly CardVersion[] =>
	store.prepare<[string, number], Row>(`${select} ORDER BY c.revision DESC LIMIT ?`).all(siteId, most).map(versionOf);

export function insertVersion(
	store: Store,
	siteId: string,
	{ revision, card, userId, at }: Omit<CardVersion, "by"> & { readonly userId: string },
): void {
	store
		.prepare("INSERT INTO site_cards (site_id, revision, card, changed_by, changed_at) VALUES (?, ?, ?, ?, ?)")
		.run(siteId, revision, JSON.stringify(card), userId, at);
}

const versionOf = ({ card, ...row }: Row): CardVersion => ({ ...row, card: siteCard.parse(JSON.parse(card)) });

export interface SiteFacts {
	readonly name: string;
	readonly address: string;
	readonly street: string | null;
	readonly party: { readonly name: string; readonly contacts: readonly SiteContact[] } | null;
}

/** As the organisation has it; the party that answers for the site, or for its street. */
export function siteFactsOf(store: Store, siteId: string): SiteFacts | undefined {
	const row = store
		.prepare<[string], Pick<SiteFacts, "name" | "address" | "street"> & { party: string | null; contacts: string }>(
			`SELECT s.name, s.address, iif(s.street_id = 'unassigned', NULL, r.name) AS street,
				iif(p.id = 'unassigned', NULL, p.name) AS party, p.contacts
			FROM sites s JOIN streets r ON r.id = s.street_id JOIN parties p ON p.id = coalesce(s.party_id, r.party_id)
			WHERE s.id = ?`,
		)
		.get(siteId);
	if (!row) return undefined;
	const { party, contacts, ...site } = row;
	return { ...site, party: party === null ? null : { name: party, contacts: contactsIn(contacts) } };
}

function contactsIn(json: string): SiteContact[] {
	return (JSON.parse(json) as Partial<SiteContact>[]).map(({ name = "", duty = "", phone = "" }) => ({
		...{ name, duty, phone },
	}));
}

export interface LaneOfCard {
	readonly laneId: string;
	readonly name: string;
	readonly kind: string;
}

/** Those that are watched. */
export const lanesOfSite = (store: Store, siteId: string): readonly LaneOfCard[] =>
	store
		.prepare<[string], LaneOfCard>(
			`SELECT id AS laneId, name, kind FROM lanes WHERE site_id = ? AND removed_at IS NULL AND kind <> 'ignore'
			ORDER BY kind <> 'fire_lane', name, id`,
		)
		.all(siteId);

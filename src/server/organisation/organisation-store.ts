import type { ContactBody, OrganisationAnswer, PartKind } from "#contract/organisation-api.ts";
import type { Store } from "../store/open-store.ts";

const tableOf = {
	district: "districts",
	street: "streets",
	sector: "sectors",
	site: "sites",
	party: "parties",
} as const satisfies Record<PartKind, string>;

export interface PartRow {
	readonly id: string;
	readonly name: string;
	readonly revision: number;
	readonly closedAt: number | null;
	readonly changedBy: string | null;
	readonly changedAt: number | null;
}

type Without<T> = Omit<T, "mayChange" | "contacts" | "sectorIds">;
export type StreetRow = Without<OrganisationAnswer["streets"][number]>;
export type SiteRow = Without<OrganisationAnswer["sites"][number]>;
export type PartyRow = Without<OrganisationAnswer["parties"][number]> & {
	readonly contacts: readonly ContactBody[];
	readonly firstSiteId: string | null;
};
export type LaneRow = OrganisationAnswer["lanes"][number];

const own = "id, name, revision, closed_at AS closedAt";

export function findPart(store: Store, kind: PartKind, id: string): PartRow | undefined {
	return store
		.prepare<[string], PartRow>(
			`SELECT p.id, p.name, p.revision, p.closed_at AS closedAt, u.name AS changedBy, p.changed_at AS changedAt
			FROM ${tableOf[kind]} p LEFT JOIN users u ON u.id = p.changed_by WHERE p.id = ?`,
		)
		.get(id);
}

export const listDistricts = (store: Store) =>
	store.prepare<[], PartRow>(`SELECT ${own} FROM districts ORDER BY name, id`).all();
export const listSectors = (store: Store) =>
	store.prepare<[], PartRow>(`SELECT ${own} FROM sectors ORDER BY name, id`).all();
export const listStreets = (store: Store) =>
	store
		.prepare<[], StreetRow>(
			`SELECT ${own}, district_id AS districtId, party_id AS partyId FROM streets ORDER BY name, id`,
		)
		.all();
export const listSiteRows = (store: Store) =>
	store
		.prepare<[], SiteRow>(
			`SELECT ${own}, address, street_id AS streetId, party_id AS partyId FROM sites ORDER BY name, id`,
		)
		.all();
export const listParties = (store: Store): readonly PartyRow[] =>
	store
		.prepare<[], Omit<PartyRow, "contacts"> & { contacts: string }>(
			`SELECT ${own}, kind, contacts, first_site_id AS firstSiteId FROM parties ORDER BY name, id`,
		)
		.all()
		.map(({ contacts, ...row }) => ({ ...row, contacts: JSON.parse(contacts) as ContactBody[] }));

/** Those that are watched. */
export const listLaneParties = (store: Store) =>
	store
		.prepare<[], LaneRow>(
			`SELECT l.id, l.name, l.site_id AS siteId, l.party_id AS partyId, p.party_id AS responsibleId
			FROM lanes l JOIN lane_parties p ON p.lane_id = l.id WHERE l.removed_at IS NULL ORDER BY l.name, l.id`,
		)
		.all();

/** Of the same kind, and beneath the same part: their names must differ. */
export function namesBeside(
	store: Store,
	kind: PartKind,
	under: string | null,
): readonly Pick<PartRow, "id" | "name">[] {
	const column = kind === "street" ? "district_id" : kind === "site" ? "street_id" : null;
	return store
		.prepare<[object], Pick<PartRow, "id" | "name">>(
			`SELECT id, name FROM ${tableOf[kind]} ${column === null ? "" : `WHERE ${column} = @under`}`,
		)
		.all({ under });
}

/** What keeps a part open, by name; at most so many. */
export function usersOf(store: Store, kind: PartKind, id: string): readonly string[] {
	return store.prepare(`${users[kind]} LIMIT 5`).pluck().all({ id }) as string[];
}

const users: Readonly<Record<PartKind, string>> = {
	district: "SELECT name FROM streets WHERE district_id = @id AND closed_at IS NULL",
	street: "SELECT name FROM sites WHERE street_id = @id AND closed_at IS NULL",
	sector: `SELECT s.name FROM sites s JOIN site_sectors x ON x.site_id = s.id
		WHERE x.sector_id = @id AND s.closed_at IS NULL`,
	site: `SELECT name FROM (SELECT name FROM lanes WHERE site_id = @id AND removed_at IS NULL
		UNION ALL SELECT name FROM edges WHERE site_id = @id AND revoked_at IS NULL)`,
	party: `SELECT name FROM (SELECT name FROM lanes WHERE party_id = @id AND removed_at IS NULL
		UNION ALL SELECT name FROM sites WHERE party_id = @id AND closed_at IS NULL
		UNION ALL SELECT name FROM streets WHERE party_id = @id AND closed_at IS NULL)`,
};

/** @param columns names of this program's own */
export function insertPart(store: Store, kind: PartKind, columns: Readonly<Record<string, string | null>>): void {
	const names = Object.keys(columns);
	store
		.prepare(
			`INSERT INTO ${tableOf[kind]} (${names.join(", ")}) VALUES (${names.map((name) => `@${name}`).join(", ")})`,
		)
		.run(columns);
}

/** @param columns names of this program's own; the revision grows by one */
export function updatePart(
	store: Store,
	kind: PartKind,
	id: string,
	columns: Readonly<Record<string, string | number | null>>,
): void {
	const set = Object.keys(columns).map((name) => `${name} = @${name}`);
	store
		.prepare(`UPDATE ${tableOf[kind]} SET ${["revision = revision + 1", ...set].join(", ")} WHERE id = @id`)
		.run({ ...columns, id });
}

export const sectorsOfSite = (store: Store, siteId: string) =>
	store
		.prepare("SELECT sector_id FROM site_sectors WHERE site_id = ? ORDER BY sector_id")
		.pluck()
		.all(siteId) as string[];

export function putSectors(store: Store, siteId: string, sectorIds: readonly string[]): void {
	store.prepare("DELETE FROM site_sectors WHERE site_id = ?").run(siteId);
	const insert = store.prepare("INSERT INTO site_sectors (site_id, sector_id) VALUES (?, ?) ON CONFLICT DO NOTHING");
	for (const sectorId of sectorIds) insert.run(siteId, sectorId);
}

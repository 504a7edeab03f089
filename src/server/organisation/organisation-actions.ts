import { randomBytes } from "node:crypto";
import type { z } from "zod";
import {
	type districtPatch,
	type PartKind,
	type partyPatch,
	type PartyBody,
	type SiteBody,
	type sitePatch,
	type streetPatch,
	unassigned,
} from "#contract/organisation-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import { reaches } from "../scope/reach.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import {
	findPart,
	insertPart,
	listStreets,
	listSiteRows,
	namesBeside,
	type PartRow,
	putSectors,
	sectorsOfSite,
	updatePart,
	usersOf,
} from "./organisation-store.ts";

type Parts = Pick<ServerParts, "store" | "now">;
export type PartPatch =
	| z.output<typeof districtPatch>
	| z.output<typeof streetPatch>
	| z.output<typeof sitePatch>
	| z.output<typeof partyPatch>;

export function addNamed({ store }: Parts, kind: "district" | "sector", { name }: { readonly name: string }): string {
	return store.transaction(() => {
		refuseTakenName(store, kind, { name, under: null });
		const id = madeId(kind);
		insertPart(store, kind, { id, name });
		return id;
	})();
}

export function addStreet(parts: Parts, { name, districtId }: { readonly name: string; readonly districtId: string }) {
	const { store } = parts;
	return store.transaction(() => {
		requireOpen(store, "district", districtId, "districtId");
		refuseTakenName(store, "street", { name, under: districtId });
		// The street itself answers for what nobody else does; parties' names differ, streets' within a district alone.
		const id = madeId("street");
		const party = { kind: "street" as const, name: freePartyName(store, name), contacts: [] };
		insertPart(store, "street", { id, name, district_id: districtId, party_id: addParty(parts, party) });
		return id;
	})();
}

export function addSite({ store }: Parts, { name, address, streetId }: SiteBody): string {
	return store.transaction(() => {
		requireOpen(store, "street", streetId, "streetId");
		refuseTakenName(store, "site", { name, under: streetId });
		const id = madeId("site");
		insertPart(store, "site", { id, name, address, street_id: streetId });
		return id;
	})();
}

/** @param firstSiteId where it is named */
export function addParty(
	{ store }: Pick<Parts, "store">,
	{ kind, name, contacts }: PartyBody,
	firstSiteId: string | null = null,
): string {
	return store.transaction(() => {
		refuseTakenName(store, "party", { name, under: null });
		const id = madeId("party");
		insertPart(store, "party", { id, kind, name, contacts: JSON.stringify(contacts), first_site_id: firstSiteId });
		return id;
	})();
}

/**
 * Renames, moves, closes or opens again.
 *
 * @throws ApiError 404; 400 for a name that is taken and a part that is closed; 409 where somebody else has changed it since, and for
 * closing what is in use
 */
export function changePart(parts: Parts, kind: PartKind, id: string, patch: PartPatch, by: SignedIn): void {
	const { store, now } = parts;
	store.transaction(() => {
		const part = findPart(store, kind, id);
		if (!part) throw notFound(kind === "party" ? "responsible party" : kind);
		if (id === unassigned) throw badInput({ path: "", message: "this one stands for what nobody has said yet" });
		refuseOvertaken(part, patch.revision);
		const name = patch.name ?? part.name;
		const under = underOf(store, kind, id, patch);
		const closed = patch.closed ?? part.closedAt !== null;
		if (patch.name !== undefined || under.moved) refuseTakenName(store, kind, { name, under: under.id, but: id });
		if (under.id !== null && (under.moved || (patch.closed === false && part.closedAt !== null))) {
			requireOpen(store, kind === "street" ? "district" : "street", under.id, under.path);
		}
		if (closed && part.closedAt === null) refuseUsed(store, kind, id);
		if ("sectorIds" in patch && patch.sectorIds) changeSectors(parts, id, patch.sectorIds, by);
		if (kind === "street" && name !== part.name) renameStreetsParty(store, id, part.name, name);
		updatePart(store, kind, id, {
			...{ name, changed_by: by.user.id, changed_at: now(), closed_at: closed ? (part.closedAt ?? now()) : null },
			...columnsOf(store, kind, patch),
		});
	})();
}

/** What answers for a street's sites under the street's own name goes on to be called as the street is. */
function renameStreetsParty(store: Store, streetId: string, before: string, after: string): void {
	const partyId = listStreets(store).find(({ id }) => id === streetId)?.partyId;
	const party = partyId === undefined ? undefined : findPart(store, "party", partyId);
	if (party?.name === before) updatePart(store, "party", party.id, { name: freePartyName(store, after) });
}

function columnsOf(store: Store, kind: PartKind, patch: PartPatch): Record<string, string> {
	const { districtId, partyId, streetId, address, contacts } = patch as Partial<
		z.output<typeof streetPatch> & z.output<typeof sitePatch> & z.output<typeof partyPatch>
	>;
	if (partyId !== undefined) requireOpen(store, "party", partyId, "partyId");
	const text = {
		...{ district_id: districtId, party_id: partyId, street_id: streetId, address },
		kind: kind === "party" && "kind" in patch ? patch.kind : undefined,
		contacts: contacts && JSON.stringify(contacts),
	};
	return Object.fromEntries(
		Object.entries(text).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
	);
}

/** What a part lies under after the change. */
function underOf(store: Store, kind: PartKind, id: string, patch: PartPatch) {
	if (kind === "street") {
		const now = listStreets(store).find((street) => street.id === id)?.districtId ?? null;
		const next = ("districtId" in patch && patch.districtId) || now;
		return { id: next, moved: next !== now, path: "districtId" };
	}
	if (kind === "site") {
		const now = listSiteRows(store).find((site) => site.id === id)?.streetId ?? null;
		const next = ("streetId" in patch && patch.streetId) || now;
		return { id: next, moved: next !== now, path: "streetId" };
	}
	return { id: null, moved: false, path: "" };
}

/** Whoever puts a site into a sector, or takes it out, opens and closes it to that sector's people: he must administer it. */
function changeSectors({ store }: Parts, siteId: string, sectorIds: readonly string[], by: SignedIn): void {
	const before = sectorsOfSite(store, siteId);
	const changed = [
		...before.filter((id) => !sectorIds.includes(id)),
		...sectorIds.filter((id) => !before.includes(id)),
	];
	for (const id of changed) {
		if (!reaches({ store }, by, ["administer"], "sector", id)) {
			throw badInput({ path: "sectorIds", message: `there is no sector ${id}` });
		}
	}
	for (const id of sectorIds) if (!before.includes(id)) requireOpen(store, "sector", id, "sectorIds");
	putSectors(store, siteId, sectorIds);
}

/** @throws ApiError 409 that tells by whom and when */
export function refuseOvertaken(
	{ revision, name, changedBy, changedAt }: Omit<PartRow, "id" | "closedAt">,
	seen: number,
): void {
	if (revision === seen) return;
	const by = changedBy ?? "the server";
	throw new ApiError(409, "changed_meanwhile", `${by} has changed this meanwhile; it is called ${name} now.`, {
		meanwhile: [{ kind: "changed", by, at: changedAt ?? 0 }],
	});
}

function refuseUsed(store: Store, kind: PartKind, id: string): void {
	const users = usersOf(store, kind, id);
	if (users.length === 0) return;
	throw new ApiError(409, "still_in_use", `It cannot be closed while there is ${users.join(", ")}.`, {
		problems: users.map((name) => ({ path: "closed", message: name })),
	});
}

export function requireOpen(store: Store, kind: PartKind, id: string, path: string): void {
	const part = findPart(store, kind, id);
	if (!part) throw badInput({ path, message: `there is no ${kind} ${id}` });
	if (part.closedAt !== null) throw badInput({ path, message: `${part.name} is closed` });
}

/** Alike for a reader is alike: case, width and blanks do not make another name. */
const plainName = (name: string) => name.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ").trim();

function refuseTakenName(
	store: Store,
	kind: PartKind,
	{ name, under, but }: { readonly name: string; readonly under: string | null; readonly but?: string },
): void {
	const taken = namesBeside(store, kind, under).some(
		(other) => other.id !== but && plainName(other.name) === plainName(name),
	);
	if (taken) throw badInput({ path: "name", message: "name_taken" });
}

function freePartyName(store: Store, name: string): string {
	const taken = new Set(namesBeside(store, "party", null).map((other) => plainName(other.name)));
	for (let n = 1; ; n += 1) {
		const tried = n === 1 ? name : `${name} (${n})`;
		if (!taken.has(plainName(tried))) return tried;
	}
}

const madeId = (kind: PartKind) => `${kind}-${randomBytes(4).toString("hex")}`;

import {
	addedAnswer,
	organisationAnswer,
	type PartKind,
	type PartyBody,
	type ResponsibleBody,
} from "#contract/organisation-api.ts";
import { request } from "./http.ts";

const folderOf = {
	district: "districts",
	street: "streets",
	sector: "sectors",
	site: "sites",
	party: "parties",
} as const satisfies Record<PartKind, string>;

export const loadOrganisation = (signal?: AbortSignal) =>
	request("GET", "/api/organisation", organisationAnswer, { signal });
export const addPart = (kind: PartKind, body: object) =>
	request("POST", `/api/organisation/${folderOf[kind]}`, addedAnswer, { body });
/** Of its kind; `revision`: what was seen of it. */
export interface PartChange extends Readonly<Record<string, unknown>> {
	readonly revision: number;
}

export const changePart = (kind: PartKind, id: string, body: PartChange) =>
	request("PATCH", `/api/organisation/${folderOf[kind]}/${encodeURIComponent(id)}`, organisationAnswer, { body });

/** `newParty`: one that nobody has named yet. */
export interface Responsible extends Omit<ResponsibleBody, "newParty"> {
	readonly newParty?: PartyBody | undefined;
}
export const nameResponsible = (of: "lane" | "site", id: string, body: Responsible) =>
	request("PUT", `/api/${of}s/${encodeURIComponent(id)}/party`, organisationAnswer, { body });

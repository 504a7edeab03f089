import type { partyKinds } from "#contract/organisation-api.ts";
import { type ContactBody, type OrganisationAnswer, type PartKind } from "#contract/organisation-api.ts";
import { isPhone } from "./contacts-fields.tsx";

/** What is typed of a part, whatever its kind; only its own fields are shown and sent. */
export interface PartDraft {
	readonly name: string;
	readonly districtId: string;
	readonly streetId: string;
	readonly address: string;
	readonly sectorIds: readonly string[];
	readonly kind: (typeof partyKinds)[number];
	readonly contacts: readonly ContactBody[];
}

export const fieldsOf = {
	district: ["name"],
	street: ["name", "districtId"],
	sector: ["name"],
	site: ["name", "address", "streetId", "sectorIds"],
	party: ["name", "kind", "contacts"],
} as const satisfies Record<PartKind, readonly (keyof PartDraft)[]>;

export const emptyDraft: PartDraft = {
	...{ name: "", districtId: "", streetId: "", address: "", sectorIds: [], kind: "property_company", contacts: [] },
};

const listOf = {
	district: "districts",
	street: "streets",
	sector: "sectors",
	site: "sites",
	party: "parties",
} as const satisfies Record<PartKind, keyof OrganisationAnswer>;

export const findPart = (organisation: OrganisationAnswer, kind: PartKind, id: string) =>
	organisation[listOf[kind]].find((part) => part.id === id);

export const draftOf = (organisation: OrganisationAnswer, kind: PartKind, id: string): PartDraft => ({
	...emptyDraft,
	...findPart(organisation, kind, id),
});

/** The fields of its kind; for one that is there those alone that differ from what was shown. */
export function bodyOf(kind: PartKind, draft: PartDraft, before: PartDraft | null): Record<string, unknown> {
	const own: readonly (keyof PartDraft)[] = fieldsOf[kind];
	const trimmed = {
		...draft,
		name: draft.name.trim(),
		address: draft.address.trim(),
		contacts: draft.contacts.filter(({ name, duty, phone }) => `${name}${duty}${phone}`.trim() !== ""),
	};
	return Object.fromEntries(
		own
			.filter((key) => before === null || JSON.stringify(trimmed[key]) !== JSON.stringify(before[key]))
			.filter((key) => before !== null || key !== "sectorIds") // a new site joins them afterwards
			.map((key) => [key, trimmed[key]]),
	);
}

/** Which fields cannot be sent so. */
export function problemsOf(kind: PartKind, draft: PartDraft): Partial<Record<keyof PartDraft, "missing" | "phone">> {
	const { name, districtId, streetId, contacts } = draft;
	const badPhone = contacts.some(
		(contact) =>
			`${contact.name}${contact.duty}${contact.phone}`.trim() !== "" &&
			(contact.name.trim() === "" || !isPhone(contact.phone)),
	);
	return {
		...(name.trim() === "" ? { name: "missing" } : {}),
		...(kind === "street" && districtId === "" ? { districtId: "missing" } : {}),
		...(kind === "site" && streetId === "" ? { streetId: "missing" } : {}),
		...(kind === "party" && badPhone ? { contacts: "phone" } : {}),
	} as const;
}

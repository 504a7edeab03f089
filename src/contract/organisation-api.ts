import { z } from "zod";
import { idSchema, instantSchema } from "./ids.ts";
import { name as anyName } from "./zones.ts";

/**
 * Districts, streets, sectors, sites, and who is responsible for a lane. Everyone sees what his sites lie under; a part is
 * changed by whoever administers all of it. Nothing is deleted: what is not used any more is closed, and may be opened again.
 *
 *     GET    /api/organisation                          organisationAnswer
 *     POST   /api/organisation/districts                districtBody -> 201 addedAnswer (who answers for every site)
 *     POST   /api/organisation/streets                  streetBody -> 201 addedAnswer
 *     POST   /api/organisation/sectors                  sectorBody -> 201 addedAnswer (who answers for every site)
 *     POST   /api/organisation/sites                    siteBody -> 201 addedAnswer
 *     POST   /api/organisation/parties                  partyBody -> 201 addedAnswer (who answers for every site)
 *     PATCH  /api/organisation/<districts|…>/<id>       …Patch -> organisationAnswer; 409 changed_meanwhile, still_in_use
 *     PUT    /api/sites/<id>/party                      responsibleBody -> organisationAnswer (configure)
 *     PUT    /api/lanes/<id>/party                      responsibleBody -> organisationAnswer (configure)
 */
export const partKinds = ["district", "street", "sector", "site", "party"] as const;
export type PartKind = (typeof partKinds)[number];

/** Any script and emoji; nothing that hides, or turns the text around it. */
const name = anyName.refine(
	(text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text),
	"must be seen: no control characters, and not blanks alone",
);

export const partyKinds = ["property_company", "unit", "street"] as const;

/** A person who can be reached; `duty`: what for, in a few words. */
export const contactSchema = z.strictObject({
	name,
	duty: z.string().trim().max(80).default(""),
	phone: z
		.string()
		.trim()
		.regex(/^\+?[0-9][0-9 ()-]{2,29}$/, "3 to 30 digits, blanks, brackets and -, beginning with + or a digit"),
});

export const contactsSchema = z.array(contactSchema).max(20);

export const districtBody = z.strictObject({ name });
export const sectorBody = z.strictObject({ name });
export const streetBody = z.strictObject({ name, districtId: idSchema });
export const siteBody = z.strictObject({
	name,
	address: z.string().trim().max(200).default(""),
	streetId: idSchema,
});
export const partyBody = z.strictObject({
	kind: z.enum(partyKinds),
	name,
	contacts: contactsSchema.default([]),
});

/** `revision`: what the writer had seen. */
const change = { revision: z.number().int().min(1), closed: z.boolean().optional(), name: name.optional() };
export const districtPatch = z.strictObject(change);
export const sectorPatch = z.strictObject(change);
export const streetPatch = z.strictObject({ ...change, districtId: idSchema.optional(), partyId: idSchema.optional() });
export const sitePatch = z.strictObject({
	...change,
	address: z.string().trim().max(200).optional(),
	streetId: idSchema.optional(),
	sectorIds: z.array(idSchema).max(50).optional(),
});
export const partyPatch = z.strictObject({
	...change,
	kind: z.enum(partyKinds).optional(),
	contacts: contactsSchema.optional(),
});

/**
 * Who is responsible: a party that is known, one that is made with it, or null: for a lane the site's, for a site the
 * street's. `before`: what the writer had seen there.
 */
export const responsibleBody = z
	.strictObject({
		partyId: idSchema.nullable(),
		newParty: partyBody.optional(),
		before: idSchema.nullable(),
	})
	.refine(({ partyId, newParty }) => partyId === null || newParty === undefined, {
		path: ["newParty"],
		error: "goes with no partyId",
	});

const part = {
	id: idSchema,
	name: z.string(),
	revision: z.number().int(),
	closedAt: instantSchema.nullable(),
	/** Whether the one who asks may change it. */
	mayChange: z.boolean(),
};

export const organisationAnswer = z.object({
	districts: z.array(z.object(part)),
	streets: z.array(z.object({ ...part, districtId: idSchema, partyId: idSchema })),
	sectors: z.array(z.object(part)),
	sites: z.array(
		z.object({
			...part,
			address: z.string(),
			streetId: idSchema,
			sectorIds: z.array(idSchema),
			/** Null: the street's. */
			partyId: idSchema.nullable(),
		}),
	),
	parties: z.array(z.object({ ...part, kind: z.enum(partyKinds), contacts: z.array(contactSchema) })),
	lanes: z.array(
		z.object({
			id: idSchema,
			name: z.string(),
			siteId: idSchema,
			/** Its own; null: its site's. */
			partyId: idSchema.nullable(),
			/** Exactly one: its own, its site's, or its street's. */
			responsibleId: idSchema,
		}),
	),
});

export const addedAnswer = z.object({ id: idSchema, organisation: organisationAnswer });

/** Until somebody says where a site lies. The page has its own words for it, and nobody changes it. */
export const unassigned = "unassigned";

export type OrganisationAnswer = z.infer<typeof organisationAnswer>;
export type ContactBody = z.output<typeof contactSchema>;
export type PartyBody = z.output<typeof partyBody>;
export type ResponsibleBody = z.output<typeof responsibleBody>;
export type SiteBody = z.output<typeof siteBody>;

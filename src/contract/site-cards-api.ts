import { z } from "zod";
import { laneEntries } from "#core/drill/ways.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";

/**
 * What a fire station must know of a site and no camera sees: its card. One a site, with the cards of its lanes on it.
 *
 *     GET    /api/sites/<site>/card             siteCardAnswer (watch, drill)
 *     PUT    /api/sites/<site>/card             siteCardBody -> siteCardAnswer (configure); 409 changed_meanwhile
 *     GET    /api/sites/<site>/card/changes     siteCardChangesAnswer (configure, drill): who changed what, newest first
 *
 * Where a gate, a hydrant and the like lie is drawn on the site's plan (plans-api.ts), by their ids.
 */
const line = (most: number) => z.string().trim().max(most).normalize("NFC");
const metres = z.number().min(0.1).max(500).nullable().default(null);

export const laneCard = z.strictObject({
	laneId: idSchema,
	/** As built: between kerbs, gates and walls. */
	widthM: metres,
	/** What may pass below the lowest thing; null: not known, see `isOpenAbove`. */
	heightM: metres,
	/** Nothing is above it. */
	isOpenAbove: z.boolean().default(false),
	turningRadiusM: metres,
	entry: z.enum(laneEntries).default("none"),
	note: line(300).default(""),
});

export const featureKinds = ["gate", "bollard", "hydrant", "aerial_site"] as const;
/** How a gate is kept. */
export const gateKeepings = ["open", "locked", "guarded"] as const;
/** Whether the 5 m around a hydrant are free. */
export const clearZones = ["unknown", "free", "obstructed"] as const;

export const siteFeature = z.strictObject({
	/** Made by the page: what is drawn on the plan goes by it. */
	id: madeIdSchema,
	kind: z.enum(featureKinds),
	name: line(80).min(1),
	/** Null: of the site, not of one lane. */
	laneId: idSchema.nullable().default(null),
	/** Of a gate: what may pass. Of an aerial site: its free ground. */
	widthM: metres,
	heightM: metres,
	lengthM: metres,
	/** Of a gate. */
	keeping: z.enum(gateKeepings).nullable().default(null),
	/** Of a bollard: it cannot be taken out. */
	isFixed: z.boolean().nullable().default(null),
	/** Of a gate or a bollard: who has the key, and how they are reached. */
	keyHolder: line(120).default(""),
	/** Of a hydrant: 5 m around it. */
	clearZone: z.enum(clearZones).nullable().default(null),
	note: line(300).default(""),
});

export const siteContact = z.strictObject({
	name: line(80).min(1),
	duty: line(80).default(""),
	phone: line(40).default(""),
});

export const siteCard = z.strictObject({
	lanes: z.array(laneCard).max(200),
	features: z.array(siteFeature).max(300),
	contacts: z.array(siteContact).max(20),
	/** How one gets in, in words. */
	bestEntry: line(500).default(""),
	otherEntry: line(500).default(""),
});

/** `revision`: of the card that was changed; 0 where nobody has filled it in yet. */
export const siteCardBody = z.strictObject({ revision: z.number().int().min(0), card: siteCard });

export const siteCardAnswer = z.object({
	siteId: idSchema,
	siteName: z.string(),
	address: z.string(),
	revision: z.number().int(),
	/** Null: nobody has filled it in yet. */
	changed: z.object({ by: z.string(), at: instantSchema }).nullable(),
	card: siteCard,
	/** Every lane of the site, with what the last drill found of it. */
	lanes: z.array(
		z.object({
			laneId: idSchema,
			name: z.string(),
			kind: z.string(),
			lastDrill: z
				.object({ drillId: madeIdSchema, at: instantSchema, result: z.enum(["passed", "failed"]), why: z.string() })
				.nullable(),
		}),
	),
	/** Who answers for the site, and whom to call there, as the organisation has it. */
	party: z.object({ name: z.string(), contacts: z.array(siteContact) }).nullable(),
});

export const cardParts = ["lane", "feature", "contacts", "entry"] as const;
export const siteCardChangesAnswer = z.object({
	changes: z.array(
		z.object({
			revision: z.number().int(),
			by: z.string(),
			at: instantSchema,
			parts: z.array(
				z.object({ part: z.enum(cardParts), name: z.string(), how: z.enum(["added", "changed", "removed"]) }),
			),
		}),
	),
});

export type LaneCard = z.infer<typeof laneCard>;
export type SiteFeature = z.infer<typeof siteFeature>;
export type FeatureKind = (typeof featureKinds)[number];
export type SiteContact = z.infer<typeof siteContact>;
export type SiteCard = z.infer<typeof siteCard>;
export type SiteCardAnswer = z.infer<typeof siteCardAnswer>;
export type SiteCardChangesAnswer = z.infer<typeof siteCardChangesAnswer>;

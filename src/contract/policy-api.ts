import { z } from "zod";
import { edgeAnswer } from "./edges-api.ts";
import { hoursOfDaySchema, policyHoursSchema, policyKeysSchema } from "./zones.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";
import { plateTextSchema } from "./plate-text.ts";

/**
 * Policy and permits over HTTP.
 *
 *     GET    /api/policy                     policyAnswer
 *     PUT    /api/policy                     sitePolicyBody -> policyAnswer (admin); 409 changed_meanwhile
 *     GET    /api/policy/changes             policyChangesQuery -> policyChangesAnswer
 *     GET    /api/permits                    permitsQuery -> permitsAnswer
 *     POST   /api/permits                    permitBody -> 201 permitAnswer
 *     POST   /api/permits/<id>/end           permitAnswer; 403 not_yours unless it is one's own or one is an administrator
 *
 * What a zone sets of its own is saved with the camera's zones.
 */

/** Policies from the weakest to the strongest: built in, the zone's kind, the site, its hours, the zone, its hours. */
export const siteRulesSchema = z.strictObject({
	policy: policyKeysSchema,
	hours: z.array(policyHoursSchema).max(24).default([]),
	/** Vehicles on duty whose plates are ordinary ones (ambulances): they raise nothing. */
	emergencyPlates: z.array(plateTextSchema).max(200).default([]),
});

export const sitePolicyBody = siteRulesSchema.extend({
	/** `changedAt` of the answer that was changed: somebody else's change in between is not written over. */
	basedOn: instantSchema.nullable(),
});

export const policyAnswer = z.object({
	...siteRulesSchema.shape,
	emergencyPlates: z.array(z.string()),
	/** `config`: nobody has changed it on the page yet, so the configuration file's holds. */
	from: z.enum(["config", "page"]),
	changedAt: instantSchema.nullable(),
	timeZone: z.string(),
	/** Every edge, and whether it works by all that is shown here and at its cameras. */
	edges: z.array(z.object({ ...edgeAnswer.pick({ id: true, name: true, state: true }).shape, applied: z.boolean() })),
});

/** What may be set at one place; for the site without `armed`. */
export const rulesSchema = z.object({
	policy: policyKeysSchema.optional(),
	hours: z.array(policyHoursSchema).optional(),
	armed: z.array(hoursOfDaySchema).optional(),
	/** Of the site alone. */
	emergencyPlates: z.array(z.string()).optional(),
});

export const policyChangesQuery = z.object({
	zoneId: idSchema.optional(),
	/** Changes with a lower number, newest first. */
	before: z.coerce.number().int().optional(),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const policyChangeAnswer = z.object({
	id: z.number().int(),
	at: instantSchema,
	by: z.string(),
	scope: z.enum(["site", "zone"]),
	/** Of the zone, as it was called then. */
	zoneId: idSchema.nullable(),
	zoneName: z.string().nullable(),
	before: rulesSchema,
	after: rulesSchema,
});
export const policyChangesAnswer = z.object({ changes: z.array(policyChangeAnswer), more: z.boolean() });

/** Longer is no permit but another use of the lane. */
export const maxPermitMs = 92 * 86_400_000;

export const permitBody = z.strictObject({
	laneId: idSchema,
	/** Null: every vehicle. */
	plate: plateTextSchema.nullable(),
	from: instantSchema,
	until: instantSchema,
	reason: z.string().trim().min(1, "must say why").max(200),
});
export const permitAnswer = z.object({
	id: madeIdSchema,
	laneId: idSchema,
	laneName: z.string(),
	plate: z.string().nullable(),
	from: instantSchema,
	/** When it ends, or was ended. */
	until: instantSchema,
	reason: z.string(),
	by: z.string(),
	at: instantSchema,
	ended: z.object({ by: z.string(), at: instantSchema }).nullable(),
	/** Whether the lane's edge works by it. */
	applied: z.boolean(),
});
export const permitsQuery = z.object({
	laneId: idSchema.optional(),
	/** `current`: those that hold or will. */
	state: z.enum(["current", "all"]).default("current"),
});
export const permitsAnswer = z.object({ permits: z.array(permitAnswer) });

export type SiteRules = z.infer<typeof siteRulesSchema>;
export type SitePolicyBody = z.infer<typeof sitePolicyBody>;
export type PolicyAnswer = z.infer<typeof policyAnswer>;
export type Rules = z.infer<typeof rulesSchema>;
export type PolicyChangeAnswer = z.infer<typeof policyChangeAnswer>;
export type PermitBody = z.infer<typeof permitBody>;
export type PermitAnswer = z.infer<typeof permitAnswer>;

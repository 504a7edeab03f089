import { z } from "zod";
import { zoneKinds } from "#core/scene.ts";
import { acceptanceAnswer } from "./acceptances.ts";
import { evidenceKinds } from "./evidence-kinds.ts";
import { evidenceSetBody } from "./evidence-set.ts";
import { handlingSummary } from "./handling-api.ts";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";
import { boxSchema, clearanceSchema, clearedBy, occupancyCauses, outlineSchema } from "./messages/edge-to-server.ts";

/**
 * Alerts, what people say of them, and their evidence.
 *
 *     GET    /api/alerts                     alertsQuery -> alertsAnswer
 *     GET    /api/alerts/<id>                alertAnswer
 *     …      /api/alerts/<id>/handling       what people do about it: see handling-api.ts
 *     …      /api/acceptances, /api/alerts/<id>/acceptance: see acceptances.ts
 *     GET    /api/evidence/<id>              the bytes, with Range
 *     GET    /api/evidence/<id>/playable     a clip browsers can play, with Range; 202 playableAnswer while it is made
 */

export const evidenceAnswer = z.object({
	id: madeIdSchema,
	kind: z.enum(evidenceKinds),
	capturedAt: instantSchema,
	durationMs: z.number().int().nullable(),
	contentType: z.string(),
	bytes: z.number().int(),
	sha256: sha256Schema,
});

/** 202 of `/api/evidence/<id>/playable`: ask again. */
export const playableAnswer = z.object({ state: z.literal("working"), progress: z.number().min(0).max(1) });

export const alertStates = ["open", "cleared"] as const;

export const alertAnswer = z.object({
	id: madeIdSchema,
	laneId: idSchema,
	laneName: z.string(),
	laneKind: z.enum(zoneKinds),
	siteId: idSchema,
	cameraId: idSchema,
	cameraName: z.string(),
	/** `open`: by the camera's word the thing still stands there. */
	state: z.enum(alertStates),
	enteredAt: instantSchema,
	raisedAt: instantSchema,
	clearedAt: instantSchema.nullable(),
	/** `lost_track`: its edge has no record of it any more, so nobody knows when it left; `clearedAt`: the lane was seen again. */
	clearedBy: z.enum([...clearedBy, "lost_track"]).nullable(),
	cause: z.enum(occupancyCauses),
	label: z.string(),
	confidence: z.number(),
	box: boxSchema,
	/** A fixed obstacle: goods that have lain for longer than the policy's `fixedAfterMs`. */
	fixed: z.boolean(),
	/** For piled goods what exactly is meant; empty for vehicles, whose box says it. */
	outline: z.array(outlineSchema),
	/** What was left of the lane when the alert was raised. */
	clearance: clearanceSchema.nullable(),
	/** Where its case stands. */
	handling: handlingSummary,
	/** What people said of it, as far as it holds. */
	acknowledged: z.object({ by: z.string(), at: instantSchema }).nullable(),
	falseAlarm: z.object({ by: z.string(), at: instantSchema }).nullable(),
	/** A person's word that it was cleared; recorded beside the camera's, never instead of it. */
	reportedCleared: z.object({ by: z.string(), at: instantSchema }).nullable(),
	/** The last time that somebody judged "this belongs here", also when it was taken back since. */
	acceptance: acceptanceAnswer.nullable(),
	evidence: z.array(evidenceAnswer),
	/** What it is to have of evidence, and what is missing and why; null from edges that do not tell. */
	evidenceSet: evidenceSetBody.nullable(),
});

export const alertsQuery = z.object({
	state: z.enum(["open", "cleared", "all"]).default("all"),
	laneId: idSchema.optional(),
	/** Of the organisation, as far as the person sees it: what is foreign or unknown has no alerts. */
	districtId: idSchema.optional(),
	streetId: idSchema.optional(),
	siteId: idSchema.optional(),
	/** Who answers for the lane now. */
	partyId: idSchema.optional(),
	cause: z.enum(occupancyCauses).optional(),
	/** Alerts raised before this instant, newest first. */
	before: z.coerce.number().int().optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const alertsAnswer = z.object({ alerts: z.array(alertAnswer), more: z.boolean() });

export type PlayableAnswer = z.infer<typeof playableAnswer>;
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>;
export type AlertAnswer = z.infer<typeof alertAnswer>;

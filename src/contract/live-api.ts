import { z } from "zod";
import { zoneKinds } from "#core/scene.ts";
import { policyHoursSchema, policyKeysSchema } from "./zones.ts";
import { laneStates, occupancyCauses, unknownReasons } from "./messages/edge-to-server.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";

/**
 * What the zone editor asks of an edge: what the worker sees now, and what the last hour would have raised. Nothing of it
 * is kept.
 *
 *     GET    /api/cameras/<id>/live?after=   liveAnswer: what the worker sees; asking keeps it coming
 *     POST   /api/what-ifs                   whatIfBody -> 202 whatIfAnswer (admin)
 *     GET    /api/what-ifs/<id>              whatIfAnswer (admin)
 *     PUT    /api/edge/cameras/<id>/live     liveBody -> 204; 409 not_watched: nobody looks any more
 *     PUT    /api/edge/jobs/<id>/what-if     whatIfResultBody -> 204
 */

const share = z.number().min(-1).max(2);
const box = z.object({ x1: share, y1: share, x2: share, y2: share });
const polygon = z.array(z.tuple([share, share])).max(200);
const instant = z.number();
const label = z.string().max(63);

/** One look as the rules saw it: the same that `replay --debug-video` draws. Instants on the clock of `capturedAt`. */
export const overlaySchema = z.object({
	at: instant,
	zones: z
		.array(
			z.object({
				zoneId: z.string().max(63),
				kind: z.enum(zoneKinds),
				polygon,
				state: z.enum(laneStates).nullable(),
				since: instant,
				reason: z.enum(unknownReasons).nullable(),
				open: z.object({ label, cause: z.enum(occupancyCauses), enteredAt: instant, raisedAt: instant }).nullable(),
			}),
		)
		.max(32),
	detections: z.array(z.object({ label, confidence: z.number(), box })).max(300),
	tracks: z
		.array(
			z.object({
				trackId: z.number(),
				label,
				box,
				standsSince: instant.nullable(),
				missingSince: instant.nullable(),
				alike: z.number().nullable(),
			}),
		)
		.max(300),
	/** Whether the picture could be trusted. Absent, as `things`: from an edge of an older version. */
	view: z.object({ fit: z.boolean(), reason: z.enum(unknownReasons).nullable(), since: instant.nullable() }).optional(),
	/** Outlines of what was put down anywhere in the picture. */
	things: z.array(polygon).max(1000).optional(),
	stays: z
		.array(
			z.object({
				zoneId: z.string().max(63),
				cause: z.enum(occupancyCauses),
				label,
				since: instant,
				missingSince: instant.nullable(),
				confirmed: z.boolean(),
				box,
				outline: z.array(polygon).max(50),
			}),
		)
		.max(300),
});

/** A look and its picture go together, so that boxes never lie beside what they show. */
export const liveBody = z.object({ overlay: overlaySchema, pictureBase64: z.string().max(2_000_000) });
export const liveAnswer = z.object({
	/** Null: nothing newer than `after` yet. */
	overlay: overlaySchema.nullable(),
	/** A JPEG as data URL. */
	picture: z.string().nullable(),
});
/** So long the edge goes on after it was asked last. */
export const watchForMs = 20_000;

/** A zone's own policy and hours as they stand in the editor; what is left out is as everywhere on the site. */
export const whatIfBody = z.strictObject({
	cameraId: idSchema,
	zoneId: idSchema,
	policy: policyKeysSchema.default({}),
	hours: z.array(policyHoursSchema).max(24).default([]),
});

const supposedPeriod = z.object({
	cause: z.enum(occupancyCauses),
	label,
	enteredAt: instant,
	/** Null: before the first look that is known. */
	raisedAt: instant.nullable(),
	/** Null: still open. */
	clearedAt: instant.nullable(),
});
export const whatIfResultBody = z.object({
	/** First and last look that are known; null where there is none, as after a restart of the edge. */
	from: instantSchema.nullable(),
	until: instantSchema.nullable(),
	stays: z.array(z.object({ since: instant, until: instant, cause: z.enum(occupancyCauses), label })).max(1000),
	/** Under the policy that holds now, and under the supposed one. */
	now: z.array(supposedPeriod).max(1000),
	supposed: z.array(supposedPeriod).max(1000),
});
export const whatIfAnswer = z.object({
	id: madeIdSchema,
	state: z.enum(["waiting", "done", "edge_silent"]),
	result: whatIfResultBody.nullable(),
});

export type LiveBody = z.infer<typeof liveBody>;
export type LiveAnswer = z.infer<typeof liveAnswer>;
export type LiveOverlay = z.infer<typeof overlaySchema>;
export type SupposedPeriod = z.infer<typeof supposedPeriod>;
export type WhatIfBody = z.input<typeof whatIfBody>;
export type WhatIfResultBody = z.infer<typeof whatIfResultBody>;
export type WhatIfAnswer = z.infer<typeof whatIfAnswer>;

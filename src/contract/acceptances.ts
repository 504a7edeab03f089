import { z } from "zod";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";
import { outlineSchema } from "./messages/edge-to-server.ts";

/**
 * "This belongs here": a person's word on piled goods. It holds for the outline of the alert it was said of, until it is
 * taken back; the edge then clears the alert, and raises none for what lies within that outline.
 *
 *     POST   /api/alerts/<id>/acceptance     acceptanceBody -> alertAnswer; 409 already_said (with `first`), not_open,
 *                                            not_an_object
 *     GET    /api/acceptances?cameraId=      acceptancesAnswer: what holds, newest first, then what was taken back
 *     POST   /api/acceptances/<id>/undo      acceptanceBody -> acceptanceAnswer
 */
export const acceptanceBody = z.strictObject({ reason: z.string().trim().min(1).max(200) });

export const acceptanceAnswer = z.object({
	id: madeIdSchema,
	alertId: madeIdSchema,
	laneId: idSchema,
	laneName: z.string(),
	cameraId: idSchema,
	by: z.string(),
	at: instantSchema,
	reason: z.string(),
	outline: z.array(outlineSchema),
	/** Who took it back, and why. Without a reason: the zone was drawn anew after the camera had moved. */
	undone: z.object({ by: z.string(), at: instantSchema, reason: z.string().nullable() }).nullable(),
});

export const acceptancesQuery = z.object({ cameraId: idSchema });
export const acceptancesAnswer = z.object({ acceptances: z.array(acceptanceAnswer) });

/** What an edge is told of one. */
export const acceptedOutlineSchema = z.object({ alertId: madeIdSchema, outline: z.array(outlineSchema) });

export type AcceptanceBody = z.infer<typeof acceptanceBody>;
export type AcceptanceAnswer = z.infer<typeof acceptanceAnswer>;
export type AcceptedOutline = z.infer<typeof acceptedOutlineSchema>;

import { z } from "zod";
import { retentionClasses } from "#core/retention/retention.ts";
import { instantSchema } from "./ids.ts";

/**
 * For how long an alert's evidence is kept, and the word that it is to be kept for longer.
 *
 *     GET    /api/alerts/<id>/retention      retentionAnswer
 *     PUT    /api/alerts/<id>/legal-hold     holdBody -> retentionAnswer; 409 already_said with `first`, deleted
 *     POST   /api/alerts/<id>/legal-hold/end holdBody -> retentionAnswer: what ended it; 409 not_held
 */
export const holdBody = z.strictObject({ reason: z.string().trim().min(1).max(200) });

export const retentionAnswer = z.object({
	class: z.enum(retentionClasses),
	/** From then on its photos, clips and plates are deleted. Null: not while it is open or held. */
	deletesAt: instantSchema.nullable(),
	/** They were deleted then; what is left are times and places. */
	deletedAt: instantSchema.nullable(),
	hold: z.object({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
});

export type HoldBody = z.infer<typeof holdBody>;
export type RetentionAnswer = z.infer<typeof retentionAnswer>;

import { z } from "zod";
import { plateClasses, plateColours } from "#core/plates/grammar.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";
import { plateExemptionSchema } from "./stay-plate.ts";

/**
 * Vehicles that stood in a lane and raised no alert, by their plates: so that a person can see later why there was none.
 *
 *     PUT    /api/edge/exempt-stays/<id>     exemptStayBody -> 204. An older revision changes nothing. 403 not_yours
 *     GET    /api/exempt-stays               exemptStaysQuery -> exemptStaysAnswer
 */
export const exemptStayBody = z.strictObject({
	v: z.literal(1),
	revision: z.number().int().min(1),
	laneId: idSchema,
	cameraId: idSchema,
	enteredAt: instantSchema,
	/** From when it was known to be exempt. */
	exemptFrom: instantSchema,
	/** When it left, or was exempt no more; null while it stands there. */
	endedAt: instantSchema.nullable(),
	/** `over`: its permit ended, and it counts from then on. `zone_removed`: nobody watches the place any more. */
	why: z.enum(["left", "over", "zone_removed"]).nullable(),
	label: z.string().max(40),
	plate: z.string().min(1).max(12),
	plateClass: z.enum(plateClasses).nullable(),
	colour: z.enum([...plateColours, "unknown"]),
	exemption: plateExemptionSchema,
});

export const exemptStaysQuery = z.object({
	laneId: idSchema.optional(),
	/** Those that entered before this instant, newest first. */
	before: z.coerce.number().int().optional(),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const exemptStayAnswer = z.object({
	id: madeIdSchema,
	laneName: z.string().nullable(),
	...exemptStayBody.omit({ v: true, revision: true }).shape,
});
export const exemptStaysAnswer = z.object({ stays: z.array(exemptStayAnswer), more: z.boolean() });

export type ExemptStayBody = z.infer<typeof exemptStayBody>;
export type ExemptStayAnswer = z.infer<typeof exemptStayAnswer>;

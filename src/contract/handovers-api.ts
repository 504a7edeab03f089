import { z } from "zod";
import { handlingStates } from "#core/handling/handling-words.ts";
import { alertAnswer } from "./alerts-api.ts";
import { instantSchema, madeIdSchema } from "./ids.ts";

/**
 * What is not done yet, and one shift that hands it to the next.
 *
 *     GET    /api/open-cases                    openCasesAnswer: cases that nobody closed or judged, newest first
 *     GET    /api/handovers                     handoversAnswer, newest first
 *     POST   /api/handovers                     handoverBody -> 201 handoverAnswer; 409 already_waiting with `first`
 *     POST   /api/handovers/<id>/taken          handoverAnswer: signed by who takes over; 403 same_person, 409 not_waiting
 *     DELETE /api/handovers/<id>                204, by who gave it while nobody took it; 403 not_yours, 409 not_waiting
 */
export const openCasesAnswer = z.object({ cases: z.array(alertAnswer), more: z.boolean() });

export const handoverBody = z.strictObject({ note: z.string().trim().max(1000).default("") });

export const handoverItem = z.object({
	alertId: madeIdSchema,
	laneName: z.string(),
	state: z.enum(handlingStates),
	since: instantSchema,
	who: z.string().nullable(),
});

export const handoverAnswer = z.object({
	id: z.number().int(),
	by: z.string(),
	at: instantSchema,
	note: z.string().nullable(),
	/** What was open when it was taken over; before that, when it was written. */
	items: z.array(handoverItem),
	taken: z.object({ by: z.string(), at: instantSchema }).nullable(),
	withdrawnAt: instantSchema.nullable(),
});

export const handoversAnswer = z.object({ handovers: z.array(handoverAnswer) });

export type OpenCasesAnswer = z.infer<typeof openCasesAnswer>;
export type HandoverItem = z.infer<typeof handoverItem>;
export type HandoverAnswer = z.infer<typeof handoverAnswer>;

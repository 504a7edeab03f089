import { z } from "zod";
import { roadClasses } from "#core/evidence/law-basis.ts";
import { alertAnswer } from "./alerts-api.ts";
import { instantSchema } from "./ids.ts";
import { plateTextSchema } from "./plate-text.ts";
import { transferAnswer } from "./transfers-api.ts";

/**
 * What an authority sees of a clue that was handed to it: what was frozen then, and nothing of the site beside it.
 *
 *     GET    /api/clues/<number>                clueAnswer; looking at it is recorded; 410 deleted
 *     GET    /api/clues/<number>/verification   clueVerificationAnswer: every file held against what was frozen
 *     POST   /api/clue-searches                 clueSearchBody -> clueSearchAnswer; recorded, with its reason
 */
export const clueAnswer = z.object({
	transfer: transferAnswer,
	siteName: z.string(),
	/** Place, camera, times and evidence as they stood when it was approved. */
	alert: alertAnswer,
	roadClass: z.enum(roadClasses),
	/** As it stands in the letter. */
	law: z.string(),
	/** As a person confirmed it: "-" for what nobody could read, 无车牌 where there is none; null for goods. */
	plate: z.object({ text: z.string(), colour: z.string().nullable() }).nullable(),
	/** Two persons, in their order. */
	reviews: z.array(
		z.object({
			step: z.enum(["confirmed", "approved"]),
			by: z.string(),
			at: instantSchema,
			note: z.string().nullable(),
		}),
	),
});

export const clueVerificationAnswer = z.object({
	/** Each file is, byte for byte, what was handed over. */
	holds: z.boolean(),
	files: z.number().int(),
	/** The first that is not; null where all are. */
	damaged: z.string().nullable(),
	checkedAt: instantSchema,
});

export const clueSearchBody = z.strictObject({
	plate: plateTextSchema,
	/** Why this plate is looked for: a case, an objection, a request. */
	reason: z.string().trim().min(2, "says why, in 2 letters or more").max(200),
});

/** Newest first. */
export const clueSearchAnswer = z.object({ plate: z.string(), transfers: z.array(transferAnswer) });

export type ClueAnswer = z.infer<typeof clueAnswer>;
export type ClueVerificationAnswer = z.infer<typeof clueVerificationAnswer>;
export type ClueSearchBody = z.infer<typeof clueSearchBody>;
export type ClueSearchAnswer = z.infer<typeof clueSearchAnswer>;

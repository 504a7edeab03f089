import { z } from "zod";
import { rejectReasons } from "#core/review/review-words.ts";
import {
	entryKinds,
	policeClockNames,
	policeClockStates,
	receiverKinds,
	transferRefusals,
	transferStates,
} from "#core/transfer/transfer-words.ts";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";

/**
 * Clues handed to the authority that may act on them. A clue to be reviewed, never a fine.
 *
 *     GET    /api/alerts/<id>/transfer               transferQuestionAnswer: what is missing, and the transfers there were
 *     POST   /api/alerts/<id>/transfer               transferBody -> 201 transferAnswer; 409 not_transferable
 *                                                    with every reason at once: `problems[].path` is a word of
 *                                                    `transferRefusals`
 *     GET    /api/transfers                          transfersQuery -> transfersAnswer, newest first
 *     GET    /api/transfers/<number>                 transferAnswer
 *     GET    /api/transfers/<number>/package         application/zip; recorded; 409 damaged, 410 deleted
 *     POST   /api/transfers/<number>/entries         entryBody -> 201 transferAnswer
 *
 *     GET    /api/receivers                          receiversAnswer
 *     POST   /api/receivers                          receiverBody -> 201 receiverAnswer (admin)
 *     PUT    /api/receivers/<id>                     receiverBody -> receiverAnswer (admin)
 *     DELETE /api/receivers/<id>                     204 (admin); transfers keep its name
 */
export const receiverBody = z.strictObject({
	name: z.string().trim().min(1).max(80),
	kind: z.enum(receiverKinds),
	/** Whom to ask, and where: telephone, address. */
	contact: z.string().trim().max(200).default(""),
});
export const receiverAnswer = receiverBody.extend({ id: madeIdSchema });
export const receiversAnswer = z.object({ receivers: z.array(receiverAnswer) });

export const transferNumberSchema = z.string().regex(/^XS-\d{4}-\d{6,}$/, "must be a number such as XS-2026-000017");

/** A day of the site's calendar, `2026-11-26`. */
export const daySchema = z.iso.date();

export const transferBody = z.strictObject({
	receiver: madeIdSchema,
	note: z.string().trim().min(1).max(500).nullable().default(null),
});

export const entryBody = z
	.strictObject({
		kind: z.enum(entryKinds),
		/** When it happened there; not before the transfer, not in the future. */
		on: daySchema,
		/** Of a receipt: who took it, and under which number of theirs. */
		person: z.string().trim().min(1).max(80).nullable().default(null),
		reference: z.string().trim().min(1).max(80).nullable().default(null),
		/** Of `returned`. */
		reason: z.enum(rejectReasons).nullable().default(null),
		note: z.string().trim().min(1).max(500).nullable().default(null),
		/** The entry in whose place this one stands. */
		corrects: z.number().int().min(1).nullable().default(null),
	})
	.refine(({ kind, person }) => kind !== "receipt" || person !== null, {
		path: ["person"],
		error: "says who took it",
	})
	.refine(({ kind, reason }) => (kind === "returned") === (reason !== null), {
		path: ["reason"],
		error: "goes with returned, and with nothing else",
	})
	.refine(({ kind, reason, note }) => (reason !== "other" && kind !== "withdrawn") || note !== null, {
		path: ["note"],
		error: "says why",
	})
	.refine(({ kind, corrects }) => kind !== "withdrawn" || corrects !== null, {
		path: ["corrects"],
		error: "names the entry that is withdrawn",
	});

export const entryAnswer = z.object({
	id: z.number().int(),
	kind: z.enum(entryKinds),
	on: daySchema,
	person: z.string().nullable(),
	reference: z.string().nullable(),
	reason: z.enum(rejectReasons).nullable(),
	note: z.string().nullable(),
	corrects: z.number().int().nullable(),
	/** A later entry stands in its place. */
	correctedBy: z.number().int().nullable(),
	by: z.string(),
	at: instantSchema,
});

export const policeClockAnswer = z.object({
	name: z.enum(policeClockNames),
	state: z.enum(policeClockStates),
	startedOn: daySchema,
	dueOn: daySchema,
	/** The end of that day at the site. */
	dueAt: instantSchema,
	keptOn: daySchema.nullable(),
	/** As it is quoted. */
	law: z.string(),
});

export const transferAnswer = z.object({
	number: transferNumberSchema,
	alertId: madeIdSchema,
	siteId: idSchema,
	laneId: idSchema,
	laneName: z.string(),
	cause: z.enum(["vehicle", "object"]),
	enteredAt: instantSchema,
	/** As others may see it; null for goods, and once it is deleted. */
	maskedPlate: z.string().nullable(),
	/** Its time is over: package and plate are deleted, the record stays. */
	isDeleted: z.boolean(),
	receiver: receiverAnswer,
	note: z.string().nullable(),
	by: z.string(),
	at: instantSchema,
	state: z.enum(transferStates),
	/** What was frozen: how many files, and the hash of their list. */
	files: z.number().int(),
	sumsSha256: sha256Schema,
	entries: z.array(entryAnswer),
	/** Only of what the traffic police have: the fire law names none. */
	clocks: z.array(policeClockAnswer),
	/** The years whose public holidays the working days leave out. */
	holidaysOf: z.array(z.number().int()),
});

export const refusalAnswer = z.object({ reason: z.enum(transferRefusals), message: z.string() });

export const transferQuestionAnswer = z.object({
	alertId: madeIdSchema,
	laneId: idSchema,
	cameraId: idSchema,
	/** Everything that stands in the way, whoever the receiver. */
	missing: z.array(refusalAnswer),
	/** The authority that may act, by the law of the lane. */
	receiverKind: z.enum(receiverKinds),
	receivers: z.array(receiverAnswer),
	/** Newest first; more than one only where an earlier one was returned. */
	transfers: z.array(transferAnswer),
});

export const transfersQuery = z.object({
	state: z.enum([...transferStates, "late", "all"]).default("all"),
	/** Transfers made before this instant. */
	before: z.coerce.number().int().optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const transfersAnswer = z.object({ transfers: z.array(transferAnswer), more: z.boolean() });

export type ReceiverBody = z.infer<typeof receiverBody>;
export type ReceiverAnswer = z.infer<typeof receiverAnswer>;
export type TransferBody = z.infer<typeof transferBody>;
export type EntryBody = z.infer<typeof entryBody>;
export type EntryAnswer = z.infer<typeof entryAnswer>;
export type PoliceClockAnswer = z.infer<typeof policeClockAnswer>;
export type TransferAnswer = z.infer<typeof transferAnswer>;
export type TransferQuestionAnswer = z.infer<typeof transferQuestionAnswer>;
export type TransfersQuery = z.infer<typeof transfersQuery>;

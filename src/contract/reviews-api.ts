import { z } from "zod";
import { noPlate, unread } from "#core/plates/characters.ts";
import { plateClasses, plateColours } from "#core/plates/grammar.ts";
import { normalisePlate, templateOf } from "#core/plates/plate-text.ts";
import { stepRefusals } from "#core/review/next-step.ts";
import { rejectReasons, reviewStates, reviewSteps, reviewVerdicts } from "#core/review/review-words.ts";
import { instantSchema, madeIdSchema } from "./ids.ts";

/**
 * The review of an alert: the duty officer confirms, then another person, whose role approves, does.
 *
 *     GET    /api/alerts/<id>/review                 reviewAnswer
 *     PUT    /api/alerts/<id>/review/confirmation    confirmationBody -> reviewAnswer
 *     PUT    /api/alerts/<id>/review/approval        approvalBody -> reviewAnswer
 *     DELETE /api/alerts/<id>/review/<step>          reviewAnswer; while nothing followed it
 *
 * 409 with a word of `stepRefusals`; `already_said` and `followed` with `first`. 409 `changed` where what was to be approved
 * is not what stands there now. The same thing said again by the same person changes nothing.
 */
const colour = z.enum([...plateColours, "unknown"]);

/** What a person reads on the plate, by GA 36-2018: characters that nobody can read are `-`; 无车牌 where there is none. */
export const confirmedPlateBody = z.strictObject({
	text: z
		.string()
		.max(40)
		.transform((text) => (/^\s*none\s*$/i.test(text) ? noPlate : normalisePlate(text)))
		.refine(
			(text) => text === noPlate || isRead(text),
			`is no plate by GA 36-2018; "-" for what is unread, ${noPlate} for none`,
		),
	colour: colour.default("unknown"),
});

const isRead = (text: string) => templateOf(text) !== null && [...text].some((sign) => sign !== unread);

const note = z.string().trim().min(1).max(500).nullable().default(null);
const reason = z.enum(rejectReasons).nullable().default(null);

interface Judged {
	readonly verdict: string;
	readonly reason: string | null;
	readonly note: string | null;
}
const hasReason = ({ verdict, reason }: Judged) => (verdict === "rejected") === (reason !== null);
const reasonRule = { path: ["reason"], error: "goes with rejected, and with nothing else" };
const hasNote = ({ reason, note }: Judged) => reason !== "other" || note !== null;
const noteRule = { path: ["note"], error: "says what the other reason is" };

export const confirmationBody = z
	.strictObject({
		verdict: z.enum(reviewVerdicts),
		/** Of a vehicle that is confirmed as true; without it nothing can be transferred. */
		plate: confirmedPlateBody.nullable().default(null),
		reason,
		note,
	})
	.refine(hasReason, reasonRule)
	.refine(hasNote, noteRule);

export const approvalBody = z
	.strictObject({
		/** `id` of the confirmation that was looked at. */
		confirmationId: z.number().int().min(1),
		verdict: z.enum(["true", "rejected"]),
		reason,
		note,
	})
	.refine(hasReason, reasonRule)
	.refine(hasNote, noteRule);

const plateAnswer = z.object({ text: z.string(), plateClass: z.enum(plateClasses).nullable(), colour });

export const reviewStepAnswer = z.object({
	id: z.number().int(),
	step: z.enum(reviewSteps),
	verdict: z.enum(reviewVerdicts),
	reason: z.enum(rejectReasons).nullable(),
	note: z.string().nullable(),
	/** As it was confirmed; null with an approval, for goods, and where nobody confirmed it. */
	plate: plateAnswer.nullable(),
	by: z.string(),
	at: instantSchema,
	takenBack: z.object({ by: z.string(), at: instantSchema }).nullable(),
});

const refusal = z.enum(stepRefusals).nullable();

export const reviewAnswer = z.object({
	alertId: madeIdSchema,
	state: z.enum(reviewStates),
	/** Those that hold. */
	confirmation: reviewStepAnswer.nullable(),
	approval: reviewStepAnswer.nullable(),
	/** All that were ever made, oldest first. */
	steps: z.array(reviewStepAnswer),
	/** A vehicle: its plate is to be confirmed. */
	needsPlate: z.boolean(),
	/** What the reader proposes; null where it read nothing, or reads no plates. */
	proposal: z
		.object({
			...{ text: z.string(), colour, confidence: z.number() },
			characters: z.array(z.object({ char: z.string(), confidence: z.number() })),
		})
		.nullable(),
	/** What the one who asks may do now: null, or why not. */
	may: z.object({ confirm: refusal, approve: refusal, takeBackConfirmation: refusal, takeBackApproval: refusal }),
});

export type ConfirmationBody = z.infer<typeof confirmationBody>;
export type ApprovalBody = z.infer<typeof approvalBody>;
export type ReviewStepAnswer = z.infer<typeof reviewStepAnswer>;
export type ReviewAnswer = z.infer<typeof reviewAnswer>;
export type PlateProposal = NonNullable<ReviewAnswer["proposal"]>;

import { z } from "zod";
import { timerNames } from "#core/handling/targets.ts";
import {
	escalationLevels,
	exemptReasons,
	falseAlarmReasons,
	handlingKinds,
	handlingStates,
	isSystemKind,
} from "#core/handling/handling-words.ts";
import { needsReason } from "#core/handling/may-add.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";

/**
 * What people do about an alert. Alerts of one place that overlap in time are one case, with one handling: it is read and
 * written at any of them.
 *
 *     GET    /api/alerts/<id>/handling          handlingAnswer
 *     POST   /api/alerts/<id>/handling          handlingBody -> 201 handlingAnswer; the same `id` again: 200, nothing is added.
 *                                               409 `changed_meanwhile` with `meanwhile`: others did something that the writer
 *                                               had not seen; 409 `not_now`: its state does not allow it; 409 `followed` and
 *                                               403 `not_yours` for what cannot be taken back
 *     GET    /api/handling/people               peopleAnswer: to whom it can be given
 *     PUT    /api/lanes/<id>/place              placeBody -> 204 (admin): the lane shows the same place as another one
 */
const text = (most: number) => z.string().trim().min(1).max(most).nullable().default(null);

export const handlingBody = z
	.strictObject({
		kind: z
			.enum(handlingKinds)
			.refine((kind) => !isSystemKind(kind) && kind !== "photo", "is added by the program, not by a person"),
		/** The last position that the writer saw. What is told from the spot needs none. */
		seen: z.number().int().min(0).default(0),
		/** Made by the sender, who sends it again until it was answered. */
		id: madeIdSchema.optional(),
		/** Of false_alarm and exempt. */
		reason: z
			.enum([...falseAlarmReasons, ...exemptReasons])
			.nullable()
			.default(null),
		note: text(500),
		/** Of dispatched: a person who is known here, or a name. */
		to: z
			.union([
				z.strictObject({ userId: z.string().min(1).max(80) }),
				z.strictObject({ name: z.string().trim().min(1).max(80) }),
			])
			.nullable()
			.default(null),
		/** Of taken_back: the position of what is taken back. */
		undoes: z.number().int().min(1).nullable().default(null),
		/** By the sender's clock: when it was done, and when it is sent. From their difference its time here follows. */
		doneAt: instantSchema.optional(),
		sentAt: instantSchema.optional(),
	})
	.refine(({ kind, reason }) => needsReason(kind) === (reason !== null), {
		path: ["reason"],
		error: "goes with false_alarm and exempt, and with nothing else",
	})
	.refine(
		({ kind, reason }) =>
			reason === null ||
			(kind === "exempt" ? exemptReasons : (falseAlarmReasons as readonly string[])).includes(reason as never),
		{
			path: ["reason"],
			error: "is no reason of this judgement",
		},
	)
	.refine(({ kind, to }) => (kind === "dispatched") === (to !== null), {
		path: ["to"],
		error: "goes with dispatched, and with nothing else",
	})
	.refine(({ kind, undoes }) => (kind === "taken_back") === (undoes !== null), {
		path: ["undoes"],
		error: "goes with taken_back, and with nothing else",
	})
	.refine(({ reason, note }) => reason !== "other" || note !== null, { path: ["note"], error: "says why" })
	.refine(({ doneAt, sentAt }) => (doneAt === undefined) === (sentAt === undefined), {
		path: ["sentAt"],
		error: "goes with doneAt",
	});

export const handlingEntryAnswer = z.object({
	position: z.number().int(),
	alertId: madeIdSchema,
	kind: z.enum(handlingKinds),
	/** Null: the server. */
	by: z.string().nullable(),
	at: instantSchema,
	/** When it was done, where it was told later. */
	happenedAt: instantSchema.nullable(),
	/** What the sender's clock was ahead of the server's. */
	clockOffMs: z.number().int().nullable(),
	reason: z.string().nullable(),
	note: z.string().nullable(),
	/** To whom it was given. */
	to: z.string().nullable(),
	level: z.enum(escalationLevels).nullable(),
	/** What the server adds: of `escalated` what the camera said then. */
	detail: z.record(z.string(), z.json()).nullable(),
	undoes: z.number().int().nullable(),
	photo: z
		.object({
			id: madeIdSchema,
			moment: z.enum(["before", "after"]),
			takenAt: instantSchema.nullable(),
			deleted: z.boolean(),
		})
		.nullable(),
});

export const handlingTimerAnswer = z.object({
	name: z.enum(timerNames),
	dueAt: instantSchema,
	keptAt: instantSchema.nullable(),
});

/** Where a case stands; in every alert. */
export const handlingSummary = z.object({
	/** The first alert of the case. */
	caseId: madeIdSchema,
	alertIds: z.array(madeIdSchema),
	state: z.enum(handlingStates),
	since: instantSchema,
	/** From when targets count: when the server knew of it, by its clock. */
	startedAt: instantSchema,
	/** Of the last entry; 0: none. */
	position: z.number().int(),
	level: z.enum(escalationLevels).nullable(),
	/** Who is on it: to whom it was given, or who took it. */
	who: z.string().nullable(),
	/** By id, where it was given to a person who is known here. */
	toUserId: z.string().nullable(),
	/** What was written to whom it was given. */
	dispatchNote: z.string().nullable(),
	timers: z.array(handlingTimerAnswer),
	/** How often the place was occupied anew. */
	relapses: z.number().int(),
	/** Alerts of this place in the 30 days up to this one, false ones left out; a repeat spot from three. */
	spotAlerts: z.number().int(),
	needsPolice: z.boolean(),
});

export const handlingAnswer = z.object({
	alertId: madeIdSchema,
	handling: handlingSummary,
	entries: z.array(handlingEntryAnswer),
	/** What may be added now. */
	may: z.array(z.enum(handlingKinds)),
	/** Of these a note is asked for. */
	needNote: z.array(z.enum(handlingKinds)),
	/** The position of what the asker may take back now. */
	undoable: z.number().int().nullable(),
	/** Alerts of a vehicle of the same plate in the 30 days before; null: no plate is known for sure. */
	vehicleAlerts: z.number().int().nullable(),
});

export const peopleAnswer = z.object({
	people: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
});

/**
 * Null: a place of its own. Who shows the same place as the lane goes with it to another place, and stays together where the
 * lane leaves. `before`: what the writer had seen (409 where that is not so any more).
 */
export const placeBody = z.strictObject({ sameAs: idSchema.nullable(), before: idSchema.nullable().optional() });
export type PlaceBody = z.infer<typeof placeBody>;

/** A spot, or a vehicle, from so many alerts in 30 days. */
export const repeatFrom = 3;

export type HandlingBody = z.input<typeof handlingBody>;
export type HandlingGiven = z.output<typeof handlingBody>;
export type HandlingEntryAnswer = z.infer<typeof handlingEntryAnswer>;
export type HandlingSummary = z.infer<typeof handlingSummary>;
export type HandlingAnswer = z.infer<typeof handlingAnswer>;
export type PeopleAnswer = z.infer<typeof peopleAnswer>;

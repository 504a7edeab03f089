import { z } from "zod";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";

/**
 * Asking a driver to move his vehicle. Nothing of it is a threat or a fine; the plate is shown in part alone.
 *
 *     GET    /api/alerts/<id>/notices?plate=…       noticesAnswer: the words as they would be sent now, and what was sent
 *     POST   /api/alerts/<id>/notices               noticeBody -> noticeAnswer (201); 409 not_open, already_queued, too_many;
 *                                                   400 for a channel that is not there
 *     GET    /api/alerts/<id>/notice-slip?plate=…   application/pdf, A5: to put behind the windscreen
 *
 * `plate` is what the person reads or confirms; without it the notice names none.
 */
const plate = z.string().trim().min(1).max(12);
export const noticeQuery = z.object({ plate: plate.optional() });

/** The ways by which notices go out. */
export const channelKinds = [
	"file",
	"webhook",
	"wecom",
	"dingtalk",
	"feishu",
	"email",
	"sms",
	"speaker",
	"camera_speaker",
	"push",
] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const noticeStates = ["queued", "sent", "failed"] as const;

export const noticeBody = z.strictObject({
	channel: idSchema,
	plate: plate.optional(),
	/** Where the channel needs one: kept until it is sent or given up, then only its first three and last four digits. */
	phone: z
		.string()
		.trim()
		.regex(/^\+?\d{5,15}$/, "must be a telephone number, 5 to 15 digits")
		.optional(),
});

export const noticeAnswer = z.object({
	id: madeIdSchema,
	channel: idSchema,
	text: z.string(),
	/** `138****5678`, or whose phone a push went to; null where none was given. */
	phone: z.string().nullable(),
	state: z.enum(noticeStates),
	by: z.string(),
	at: instantSchema,
	/** How often it was tried. */
	attempts: z.number().int(),
	/** When it was sent or given up. */
	settledAt: instantSchema.nullable(),
	/** What the last attempt met with; null where it has not failed. */
	why: z.string().nullable(),
});

/** What a loudspeaker was told to read out by itself. `sending` for long: the program ended meanwhile, nobody knows. */
export const announcementAnswer = z.object({
	id: madeIdSchema,
	channel: idSchema,
	text: z.string(),
	at: instantSchema,
	state: z.enum(["sending", "sent", "failed"]),
	why: z.string().nullable(),
});

export const noticesAnswer = z.object({
	/** The words of an SMS, for whoever sends them by a telephone of his own. */
	text: z.string(),
	/** As a telephone would get it: one of 70 characters, or several of 67. */
	parts: z.array(z.string()),
	/** What a person confirmed in review, else what the edge read, to be confirmed; null where neither did. */
	proposedPlate: z.string().nullable(),
	/** Those that reach a driver, and the words that each would send. */
	channels: z.array(
		z.object({
			name: idSchema,
			kind: z.enum(channelKinds),
			text: z.string(),
			parts: z.array(z.string()),
		}),
	),
	/** The site's number for drivers; null: none is configured. */
	phone: z.string().nullable(),
	/** Newest first. */
	notices: z.array(noticeAnswer),
	/** While it stood there, oldest first. */
	announcements: z.array(announcementAnswer),
});

export type NoticeBody = z.infer<typeof noticeBody>;
export type NoticeAnswer = z.infer<typeof noticeAnswer>;
export type AnnouncementAnswer = z.infer<typeof announcementAnswer>;
export type NoticesAnswer = z.infer<typeof noticesAnswer>;

import { z } from "zod";
import { plateClasses, plateColours } from "#core/plates/grammar.ts";
import { plateExemptionReasons, stayPlateStates, unreadReasons } from "#core/plates/stay-plate-words.ts";
import { instantSchema, madeIdSchema } from "./ids.ts";

const unit = z.number().min(0).max(1);

/** Why the vehicle may stand there by its plate; `permitId` of the permit, where it is one. */
export const plateExemptionSchema = z.strictObject({
	reason: z.enum(plateExemptionReasons),
	permitId: madeIdSchema.nullable(),
});

/** The plate of a vehicle that stands, voted over all pictures of its stay: a proposal until a person confirms it. */
export const stayPlateSchema = z.strictObject({
	state: z.enum(stayPlateStates),
	/** Of `unread`; null otherwise. */
	reason: z.enum(unreadReasons).nullable(),
	/** Unread characters are `-` (`partly`); 无车牌 where there is none; null while it is unread. */
	text: z.string().min(1).max(12).nullable(),
	plateClass: z.enum(plateClasses).nullable(),
	/** Of its ground; `unknown` where no light tells it. */
	colour: z.enum([...plateColours, "unknown"]),
	/** That of the least sure character. */
	confidence: unit,
	/** Of the text, in order, with what is the likeliest for those that could not be read. */
	characters: z.array(z.strictObject({ char: z.string().min(1).max(2), confidence: unit })).max(12),
	/** Read alike in several pictures, every character sure: it alone may exempt a vehicle. */
	isSure: z.boolean(),
	/** In how many pictures it was read, and how many were looked at. */
	reads: z.number().int().min(0).max(100),
	looks: z.number().int().min(0).max(100),
	/** The instant of the picture that says most of it, which P3 is cut from; null where none does. */
	readAt: instantSchema.nullable(),
	/** The vehicle turned out to be exempt after its alert was raised. */
	exemption: plateExemptionSchema.nullable(),
	/** Nothing more will be read. */
	settled: z.boolean(),
});

export type StayPlateBody = z.infer<typeof stayPlateSchema>;
export type PlateExemptionBody = z.infer<typeof plateExemptionSchema>;

import { z } from "zod";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";

/**
 * Photos of a lane's published marking and sign: without both nothing of it can be transferred.
 *
 *     GET    /api/lanes/<id>/markings                markingsAnswer
 *     PUT    /api/lanes/<id>/markings/<kind>         the picture's bytes -> markingAnswer; takes the place of the
 *                                                    one before. 413, 415, 422 wrong_content, 507
 *     DELETE /api/lanes/<id>/markings/<kind>         204
 *     GET    /api/markings/<id>                      the picture
 *
 * JPEG or PNG, by content and whatever the request calls it; kept as JPEG. What a camera or phone wrote into it (place,
 * owner, serial number) is taken off but for the time.
 */
export const markingKinds = ["marking", "sign"] as const;
export const maxMarkingBytes = 15_000_000;
export const markingContentTypes = ["image/jpeg", "image/png"] as const;

export const markingAnswer = z.object({
	id: madeIdSchema,
	laneId: idSchema,
	kind: z.enum(markingKinds),
	contentType: z.literal("image/jpeg"),
	bytes: z.number().int(),
	widthPx: z.number().int(),
	heightPx: z.number().int(),
	sha256: sha256Schema,
	/** By the clock of what took it; null where the picture does not say. */
	takenAt: instantSchema.nullable(),
	by: z.string(),
	storedAt: instantSchema,
});

export const markingsAnswer = z.object({ markings: z.array(markingAnswer) });

export type MarkingKind = (typeof markingKinds)[number];
export type MarkingAnswer = z.infer<typeof markingAnswer>;

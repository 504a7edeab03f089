import { z } from "zod";
import { missingReasons } from "#core/evidence/missing-reason.ts";
import { roadClasses } from "#core/evidence/law-basis.ts";
import { clockReadingSchema } from "./clock.ts";
import { evidenceKinds } from "./evidence-kinds.ts";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";
import { boxSchema } from "./messages/edge-to-server.ts";
import { stayPlateSchema } from "./stay-plate.ts";

/** What must not be seen of a photo outside the site: a bystander's face, the plate of another vehicle. */
export const maskSchema = z.strictObject({ kind: z.enum(["face", "plate"]), box: boxSchema });

/**
 * What an alert is to have of evidence, what of it was taken, and what is missing and why: not taken, or taken and lost before
 * it was here. A still or a copy with words is an item of its own only once it is lost. The edge tells it whole, anew with
 * each change:
 *
 *     PUT    /api/edge/alerts/<id>/evidence-set      evidenceSetBody -> 204. An older revision changes nothing. 403 not_yours
 *
 * The page reads it as `evidenceSet` of the alert.
 */
export const evidenceItemSchema = z.strictObject({
	/** Of the evidence that it is, or would be. */
	id: madeIdSchema,
	kind: z.enum(evidenceKinds),
	state: z.enum(["planned", "taken", "missing"]),
	reason: z.enum(missingReasons).nullable(),
	/** The first instant that it may show. */
	wantedAt: instantSchema,
	capturedAt: instantSchema.nullable(),
	widthPx: z.number().int().positive().nullable(),
	heightPx: z.number().int().positive().nullable(),
	sha256: sha256Schema.nullable(),
	/** How right the edge's clock was when it was taken. */
	clock: clockReadingSchema.nullable(),
	/** The copy with the facts written on it, and the very words. */
	overlay: z
		.strictObject({ id: madeIdSchema, code: z.string().max(40), lines: z.array(z.string().max(200)).max(12) })
		.nullable(),
	/** Of a photo: what is to be masked before it leaves. Null: nobody looked, never "nothing there". */
	masks: z.array(maskSchema).max(64).nullable().default(null),
});

/** That what stands there did not move between P1 and P2. Null: not to be told. */
export const stillnessSchema = z.strictObject({
	/** Of the two boxes, by the detector. */
	iou: z.number().min(0).max(1).nullable(),
	leastIou: z.number(),
	/** Of how the place of the first box looks in the two photos: normalised correlation. */
	similarity: z.number().min(-1).max(1).nullable(),
	leastSimilarity: z.number(),
	/** From the first photo to the second. */
	intervalMs: z.number().int().min(0),
	stoodStill: z.boolean().nullable(),
	boxes: z.strictObject({ entry: boxSchema, confirmed: boxSchema.nullable() }),
});

export const evidencePlaceSchema = z.strictObject({
	siteId: idSchema,
	siteName: z.string().max(200).nullable(),
	laneName: z.string().max(80),
	cameraName: z.string().max(80),
	/** GB/T 28181, 20 digits. */
	gbId: z.string().max(20).nullable(),
	direction: z.string().max(80).nullable(),
	roadClass: z.enum(roadClasses),
	timeZone: z.string().max(60),
});

export const evidenceSetBody = z.strictObject({
	v: z.literal(1),
	/** Grows with each change. */
	revision: z.number().int().min(1),
	cameraId: idSchema,
	laneId: idSchema,
	enteredAt: instantSchema,
	/** When P2 is due; null where there is none. */
	confirmAt: instantSchema.nullable(),
	items: z.array(evidenceItemSchema).max(32),
	stillness: stillnessSchema.nullable(),
	/** Of a vehicle; null for goods, and from edges that read no plates during a stay. */
	plate: stayPlateSchema.nullable().default(null),
	/** The worst of the readings; null before the first. */
	clock: clockReadingSchema.nullable(),
	place: evidencePlaceSchema.nullable(),
	/** Nothing more will be taken. */
	complete: z.boolean(),
});

export type Mask = z.infer<typeof maskSchema>;
export type EvidenceItemBody = z.infer<typeof evidenceItemSchema>;
export type EvidenceSetBody = z.infer<typeof evidenceSetBody>;
export type Stillness = z.infer<typeof stillnessSchema>;
export type EvidencePlace = z.infer<typeof evidencePlaceSchema>;

import { z } from "zod";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";

/**
 * Records of drills (熟悉演练), with what 61号令 article 43 asks of them: time, place, content, departments and people.
 *
 *     GET    /api/drills                             drillsQuery -> drillsAnswer (drill): newest first, and each station's weeks
 *     PUT    /api/sites/<site>/drills/<id>           drillBody -> 201 drillAnswer (drill); the same id again: 200, nothing is
 *                                                    added. 409 `changed_meanwhile` with `meanwhile`: others recorded a drill
 *                                                    of this site, or corrected this one, that the writer had not seen
 *     PUT    /api/sites/<site>/drill-photos/<id>     image/jpeg or image/png -> 204 (drill); 413, 415, 422, 507
 *     GET    /api/sites/<site>/drill-photos/<id>     image/jpeg (drill)
 *
 * Ids are made by the tablet, which sends a record and its photos again until they were answered.
 */
const line = (most: number) => z.string().trim().max(most).normalize("NFC");

export const laneResults = ["passed", "failed", "not_tried"] as const;
export const mostPhotosOfLane = 10;

export const drilledLane = z
	.strictObject({
		laneId: idSchema,
		result: z.enum(laneResults),
		/** Why not; a lane that failed needs it. */
		why: line(500).default(""),
		/** From the station's gate to where the engine stands. */
		minutesToReach: z.number().min(0).max(600).nullable().default(null),
		carsMoved: z.number().int().min(0).max(200).nullable().default(null),
		photos: z.array(madeIdSchema).max(mostPhotosOfLane).default([]),
	})
	.refine(({ result, why }) => result !== "failed" || why !== "", {
		path: ["why"],
		error: "say why it was not passed",
	});

export const drillRecord = z
	.strictObject({
		station: line(80).min(1),
		startedAt: instantSchema,
		endedAt: instantSchema,
		place: line(200).min(1),
		content: line(2000).min(1),
		/** Departments that took part. */
		departments: z.array(line(80).min(1)).min(1).max(30),
		people: z.array(line(80).min(1)).min(1).max(100),
		lanes: z
			.array(drilledLane)
			.min(1)
			.max(200)
			.refine((lanes) => new Set(lanes.map(({ laneId }) => laneId)).size === lanes.length, "names a lane twice"),
		note: line(2000).default(""),
	})
	.refine(({ startedAt, endedAt }) => startedAt <= endedAt, {
		path: ["endedAt"],
		error: "must not be before it began",
	});

export const drillBody = z.strictObject({
	/** The last position of this site's records that the writer saw; 0: none. */
	seen: z.number().int().min(0),
	record: drillRecord,
	/** The record that this one takes the place of. */
	corrects: madeIdSchema.nullable().default(null),
});

export const drillAnswer = z.object({
	position: z.number().int(),
	id: madeIdSchema,
	siteId: idSchema,
	siteName: z.string(),
	record: drillRecord,
	laneNames: z.record(idSchema, z.string()),
	by: z.string(),
	at: instantSchema,
	corrects: madeIdSchema.nullable(),
	/** Null: it holds. */
	correctedBy: z.object({ id: madeIdSchema, by: z.string(), at: instantSchema }).nullable(),
});

export const drillsQuery = z.object({
	siteId: idSchema.optional(),
	station: line(80).optional(),
	/** Position of the last one of the page before. */
	before: z.coerce.number().int().min(1).optional(),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const drillsAnswer = z.object({
	/** By the server's clock. */
	now: instantSchema,
	drills: z.array(drillAnswer),
	more: z.boolean(),
	/** Of every station that recorded a drill at these sites, and of the asker's own, the newest week first. */
	stations: z.array(
		z.object({
			station: z.string(),
			weeks: z.array(z.object({ monday: z.iso.date(), drills: z.number().int() })),
		}),
	),
});

export type DrilledLane = z.infer<typeof drilledLane>;
export type DrillRecord = z.infer<typeof drillRecord>;
export type DrillBody = z.infer<typeof drillBody>;
export type DrillAnswer = z.infer<typeof drillAnswer>;
export type DrillsAnswer = z.infer<typeof drillsAnswer>;
export type DrillsQuery = z.infer<typeof drillsQuery>;

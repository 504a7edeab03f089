import { z } from "zod";
import { zoneKinds } from "#core/scene.ts";
import { alertAnswer } from "./alerts-api.ts";
import { cameraAnswer } from "./cameras-api.ts";
import { edgeAnswer } from "./edges-api.ts";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";
import { clearanceSchema, laneStates, unknownReasons } from "./messages/edge-to-server.ts";
import { sitePlanAnswer } from "./plans-api.ts";
import { hoursOfDaySchema, polygonSchema } from "./zones.ts";

/**
 * What the wall shows, and how it goes on being right.
 *
 *     GET    /api/wall                       wallAnswer
 *     GET    /api/feed                       server-sent events, see feedEvents; `?after=<position>` or `Last-Event-ID`
 */

/** A vehicle may stand in the lane; null as `plate`: every vehicle. Whom it was given by and why is told elsewhere. */
export const barePermitSchema = z.object({
	id: madeIdSchema,
	laneId: idSchema,
	plate: z.string().nullable(),
	from: instantSchema,
	until: instantSchema,
});

export const laneAnswer = z.object({
	id: idSchema,
	name: z.string(),
	kind: z.enum(zoneKinds),
	siteId: idSchema,
	/** Lanes of one place, seen by several cameras, name the same one; its own id where no other shows it. */
	placeId: idSchema,
	cameraId: idSchema,
	cameraName: z.string(),
	state: z.enum(laneStates),
	reason: z
		.enum(unknownReasons)
		.or(z.enum(["edge_offline", "edge_revoked", "never_seen"]))
		.nullable(),
	since: instantSchema.nullable(),
	/**
	 * For how long nobody could know since the day began at the site, as far as it is counted: up to `blindUntil`. While
	 * the lane is unknown, the time since then comes to it. Null: the edge does not count.
	 */
	blindTodayMs: z.number().int().nullable(),
	blindUntil: instantSchema.nullable(),
	pictureAt: instantSchema.nullable(),
	polygon: polygonSchema,
	/** What is left of it now; null while it is unknown, and from edges that cannot tell. */
	clearance: clearanceSchema.nullable(),
	openAlertId: madeIdSchema.nullable(),
	/** When it is watched; absent: always. */
	armed: z.array(hoursOfDaySchema).optional(),
	/** Those that hold or will. */
	permits: z.array(barePermitSchema).optional(),
});

/** Everything the wall needs at once; `feedPosition` is where to go on with `/api/feed`. */
export const wallAnswer = z.object({
	now: instantSchema,
	feedPosition: z.number().int(),
	lanes: z.array(laneAnswer),
	openAlerts: z.array(alertAnswer),
});

/**
 * Server-sent events of `GET /api/feed`: `id` is the position (resume by `Last-Event-ID`), `event` one of these, `data`
 * the whole new value. `reset`: the position is no longer kept, load the wall again.
 */
export const feedEvents = {
	lane: laneAnswer,
	alert: alertAnswer,
	camera: cameraAnswer,
	edge: edgeAnswer,
	plan: sitePlanAnswer,
	removed: z.object({ kind: z.enum(["lane", "camera"]), id: idSchema }),
	reset: z.object({}),
} as const;

export type ClearanceAnswer = z.infer<typeof clearanceSchema>;
export type LaneAnswer = z.infer<typeof laneAnswer>;
export type WallAnswer = z.infer<typeof wallAnswer>;

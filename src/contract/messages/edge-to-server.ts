import { z } from "zod";
import { clockReadingSchema } from "../clock.ts";
import { idSchema, instantSchema, madeIdSchema } from "../ids.ts";
import { edgeFiguresSchema } from "./edge-figures.ts";

const unit = z.number().min(0).max(1);

/** [x1, y1, x2, y2], normalised to the picture, origin top left. */
export const boxSchema = z
	.tuple([unit, unit, unit, unit])
	.refine(([x1, y1, x2, y2]) => x1 < x2 && y1 < y2, "x1 < x2 and y1 < y2");

/** A polygon in the picture, normalised, not closed. Of an outline, hence with fewer points than a zone may have. */
export const outlineSchema = z
	.array(z.tuple([unit, unit]))
	.min(3)
	.max(40);

/**
 * What is left of a lane beside what stands in it. `share`: of its width (of its area, for an aerial site), 0..1. Metres
 * and level only where the zone is calibrated.
 */
export const laneLevels = ["clear", "narrowed", "blocked"] as const;
export const clearanceSchema = z.strictObject({
	share: unit,
	widthM: z.number().min(0).max(1000).nullable(),
	level: z.enum(laneLevels).nullable(),
});

/** Everything on the wire says its version, so that an old server can refuse a new edge in words. */
const base = { v: z.literal(1) };

/**
 * The instant of the connection over which a state is said, as its status bears it: what is said over a later one is later,
 * whatever the clock says. Absent from older edges.
 */
const connectedAt = instantSchema.optional();

export const statusMessage = z.strictObject({
	...base,
	state: z.enum(["online", "offline"]),
	/** For the last will, the instant at which the edge connected. */
	at: instantSchema,
	version: z.string().max(40),
	/** How right the edge's clock is. Absent from edges that do not look. */
	clock: clockReadingSchema.optional(),
	/** Absent from older edges, and from the last will. */
	figures: edgeFiguresSchema.optional(),
});

export const cameraProblems = [
	"wrong_password",
	"not_found",
	"no_route",
	"refused",
	"timeout",
	"no_video",
	"unsupported_codec",
	"corrupt_stream",
	"silent",
	"disk",
	"unknown",
] as const;
export type CameraProblem = (typeof cameraProblems)[number];

export const cameraHealthMessage = z.strictObject({
	...base,
	cameraId: idSchema,
	state: z.enum(["connecting", "online", "offline"]),
	problem: z.enum(cameraProblems).nullable(),
	since: instantSchema,
	at: instantSchema,
	connectedAt,
	/** What the camera sends, where known. */
	video: z
		.strictObject({
			codec: z.string().max(20),
			width: z.number().int().positive(),
			height: z.number().int().positive(),
		})
		.nullable(),
	/** False while evidence cannot be kept (disk full or read-only): alerts still go out. */
	recording: z.boolean(),
});

export const laneStates = ["clear", "pending", "occupied", "clearing", "unknown"] as const;
export const unknownReasons = [
	"starting",
	"stream_lost",
	"detector_failed",
	"zone_changed",
	"picture_frozen",
	"lens_covered",
	"defocused",
	"too_dark",
	"camera_moved",
] as const;
export const occupancyCauses = ["vehicle", "object"] as const;

export const laneStateMessage = z.strictObject({
	...base,
	laneId: idSchema,
	cameraId: idSchema,
	state: z.enum(laneStates),
	reason: z.enum(unknownReasons).nullable(),
	/** Since when the lane is in this state. */
	since: instantSchema,
	/** Orders the states of one lane over one connection: an older one than the one known is left aside. */
	at: instantSchema,
	connectedAt,
	/** The open occupancy, also while the lane is unknown and the occupancy goes on. */
	alertId: madeIdSchema.nullable(),
	/** Null while unknown. Absent from edges that cannot tell yet. */
	clearance: clearanceSchema.nullable().optional(),
	/**
	 * For how long the lane was unknown since `watchedSince`, all together: a counter that only grows. It may stand still
	 * while the lane is unknown (since `since`) and take all of that time in with the look that ends it.
	 */
	blindMs: z.number().int().min(0).optional(),
	watchedSince: instantSchema.optional(),
});

const alertBase = {
	...base,
	/** Message id, made at the edge; twice or late gives the same rows. */
	id: madeIdSchema,
	/** One alert per occupancy: the occupancy's id. */
	alertId: madeIdSchema,
	laneId: idSchema,
	cameraId: idSchema,
	at: instantSchema,
};

export const alertRaisedMessage = z.strictObject({
	...alertBase,
	kind: z.literal("raised"),
	enteredAt: instantSchema,
	raisedAt: instantSchema,
	cause: z.enum(occupancyCauses),
	label: z.string().min(1).max(40),
	confidence: unit,
	box: boxSchema,
	/** For piled goods: what exactly is meant. */
	outline: z.array(outlineSchema).max(8).optional(),
	clearance: clearanceSchema.optional(),
});

/** `camera`: seen to be free. `zone_removed`: nobody watches the place any more. `accepted`: a person said it belongs there. */
export const clearedBy = ["camera", "zone_removed", "accepted"] as const;

export const alertClearedMessage = z.strictObject({
	...alertBase,
	kind: z.literal("cleared"),
	clearedAt: instantSchema,
	by: z.enum(clearedBy),
});

export const alertMessage = z.discriminatedUnion("kind", [alertRaisedMessage, alertClearedMessage]);

export type StatusMessage = z.infer<typeof statusMessage>;
export type CameraHealthMessage = z.infer<typeof cameraHealthMessage>;
export type LaneStateMessage = z.infer<typeof laneStateMessage>;
export type AlertRaisedMessage = z.infer<typeof alertRaisedMessage>;
export type AlertClearedMessage = z.infer<typeof alertClearedMessage>;
export type AlertMessage = z.infer<typeof alertMessage>;

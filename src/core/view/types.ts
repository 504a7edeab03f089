import type { Box } from "../geometry/shapes.ts";
import type { UnknownReason } from "../occupancy/types.ts";
import type { GreyPicture } from "../picture/grey-picture.ts";
import type { EdgeMap } from "./edge-map.ts";
import type { Stillness } from "./frozen.ts";
import type { Sharpness } from "./sharpness.ts";

/** Why nothing can be told from a picture, or nothing about the zones that were drawn for it. */
export type ViewReason = Extract<
	UnknownReason,
	"picture_frozen" | "lens_covered" | "defocused" | "too_dark" | "camera_moved"
>;

/** One picture of the camera, and where in it something is known to move or to stand in the way. */
export interface ViewLook {
	/** Milliseconds; a look that is not newer than the last one is ignored. */
	readonly at: number;
	readonly grey: GreyPicture;
	/** Boxes of vehicles and people: what they hide says nothing about the camera. */
	readonly moving: readonly Box[];
}

/** How far the scene has moved in the picture: x + dx is where that which was at x is now. Normalised, 0..1 of each side. */
export interface ViewShift {
	readonly dx: number;
	readonly dy: number;
	/** 0..1: how much of what was learned is found there, and how clearly. See `isFollowed`. */
	readonly score: number;
}

export interface ViewVerdict {
	/** Whether this look may be used. `false` without a reason: doubtful, not yet told; leave the look out. */
	readonly fit: boolean;
	/** Set: the lane is unknown, since `since` (when the first bad look was taken). */
	readonly reason: ViewReason | null;
	readonly since: number | null;
	/** Null where no shift can be told. Small ones (below 2.5 % of the width) are told of a good view too. */
	readonly shift: ViewShift | null;
}

/** How the view looks in one lighting (day, dusk, infrared), averaged so that what moves vanishes. */
export interface ViewReference {
	readonly edges: EdgeMap;
	readonly sharpness: Sharpness;
	/** When it was last brought up to date, and how often. */
	readonly updatedAt: number;
	readonly updates: number;
}

/** What the last seconds look like: what a reference is made from, and what noise is told from structure by. */
export interface RecentView {
	readonly edges: EdgeMap;
	readonly sharpness: Sharpness;
	readonly since: number;
	readonly updatedAt: number;
	readonly looks: number;
}

/** A stretch of looks that are not good. */
export interface Trouble {
	readonly since: number;
	readonly symptom: ViewReason;
	readonly symptomSince: number;
	readonly told: ViewReason | null;
}

/** Plain data, typed arrays of bytes included: below 60 kB in JSON with these in base64. */
export interface ViewState {
	/** The last look, and the last one that was measured. */
	readonly at: number | null;
	readonly judgedAt: number | null;
	/** The instant of the last `confirmView`. */
	readonly confirmedAt: number | null;
	readonly verdict: ViewVerdict;
	readonly stillness: Stillness;
	/** The best match of the last look first. */
	readonly references: readonly ViewReference[];
	readonly recent: RecentView | null;
	readonly trouble: Trouble | null;
	/** Against the first reference, in points of its edge map. */
	readonly offset: {
		readonly x: number;
		readonly y: number;
		readonly height: number;
		readonly measuredAt: number;
	} | null;
	/** Since when the view is in place but unlike every reference: another lighting, to be learned. */
	readonly unlikeSince: number | null;
}

import type { Clearance } from "./clearance/clearance.ts";
import type { Detection } from "./detection.ts";
import { type Goods, noGoods } from "./goods/watch-goods.ts";
import type { ZoneLook } from "./occupancy/reduce-zone.ts";
import type { LaneState, OccupancyEvent, OccupancyPeriod, UnknownReason } from "./occupancy/types.ts";
import type { ZoneState } from "./occupancy/zone-state.ts";
import type { GreyPicture } from "./picture/grey-picture.ts";
import type { KnownPlate } from "./plates/known-plate.ts";
import { noTracks, type Tracks } from "./tracking/follow.ts";
import { initialViewState, type ViewState } from "./view/judge-view.ts";

/** One thing that happened at a camera. Facts come in the order of their instants (ms, the clock of `capturedAt`). */
export type CameraFact =
	| {
			readonly kind: "frame";
			readonly capturedAt: number;
			readonly detections: readonly Detection[];
			readonly grey: GreyPicture;
	  }
	/** The camera, or what looks through it, is lost. Lasts until the next frame. */
	| { readonly kind: "blind"; readonly at: number; readonly reason: UnknownReason }
	/** The plate of what an occupancy is about is known for sure. One that nobody knows (any more) changes nothing. */
	| { readonly kind: "plate"; readonly at: number; readonly occupancyId: string; readonly plate: KnownPlate }
	/** Time has passed and nothing came. */
	| { readonly kind: "tick"; readonly at: number };

/** Everything the rules remember of one camera: plain data. */
export interface CameraState {
	readonly zones: readonly ZoneState[];
	readonly tracks: Tracks;
	readonly goods: Goods;
	readonly view: ViewState;
	/** The last frame, and the last one whose view could be trusted. */
	readonly lastFrameAt: number | null;
	readonly lookedAt: number | null;
	/** From a trusted frame to the next, where the camera was not blind in between; absent before two of them. */
	readonly lookGapMs?: number;
	/** True from the loss of the camera until the next frame. */
	readonly blind: boolean;
}

export interface LaneReport {
	readonly zoneId: string;
	readonly state: LaneState;
	/** Since when it is in this state. */
	readonly since: number;
	/** Why it is unknown, and null in every other state. */
	readonly reason: UnknownReason | null;
	/** The occupancy that is raised and not cleared, also while the lane is unknown. */
	readonly open: OccupancyPeriod | null;
	/** What is left of it; null while nothing can be said. */
	readonly clearance: Clearance | null;
	readonly watchedSince: number;
	/** For how long of that it was unknown, up to the last look; only grows. */
	readonly blindMs: number;
}

export interface CameraStep {
	readonly state: CameraState;
	readonly events: readonly OccupancyEvent[];
	/** What the rules of each zone were shown by this fact; empty where it showed nothing. */
	readonly looks: readonly { readonly zoneId: string; readonly look: ZoneLook }[];
}

export function initialCameraState(): CameraState {
	return {
		zones: [],
		tracks: noTracks,
		goods: noGoods,
		view: initialViewState(),
		lastFrameAt: null,
		lookedAt: null,
		blind: false,
	};
}

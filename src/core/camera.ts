import type { Detection } from "./detection.ts";
import type { LaneState, OccupancyEvent, OccupancyPeriod, UnknownReason } from "./occupancy/types.ts";
import type { GreyPicture } from "./picture/grey-picture.ts";
import type { Policy, Zone } from "./scene.ts";

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
	/** Time has passed and nothing came. */
	| { readonly kind: "tick"; readonly at: number };

export interface CameraZone extends Zone {
	readonly policy: Policy;
}

/** The zones of one camera, ignore masks among them, each with the policy that holds for it. */
export interface CameraScene {
	readonly zones: readonly CameraZone[];
}

/** Everything the rules remember of one camera: plain data. */
export interface CameraState {
	readonly lanes: readonly LaneReport[];
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
}

export interface CameraStep {
	readonly state: CameraState;
	readonly events: readonly OccupancyEvent[];
}

export function initialCameraState(): CameraState {
	return { lanes: [] };
}

export function reduceCamera(state: CameraState, _fact: CameraFact, _scene: CameraScene): CameraStep {
	return { state, events: [] };
}

export function adoptScene(state: CameraState, _scene: CameraScene, _at: number): CameraStep {
	return { state, events: [] };
}

export function laneStates(state: CameraState): readonly LaneReport[] {
	return state.lanes;
}

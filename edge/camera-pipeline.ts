import {
	adoptScene,
	type CameraFact,
	type CameraScene,
	type CameraState,
	type CameraStep,
	initialCameraState,
	reduceCamera,
} from "#core/camera.ts";
import type { Detection } from "#core/detection.ts";
import { moveInstants } from "#core/move-instants.ts";
import type { OccupancyEvent, UnknownReason } from "#core/occupancy/types.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import type { Detector } from "./detect/detector.ts";
import type { Frame } from "./video/frame.ts";
import { greyOf } from "./video/grey-of.ts";

export interface CameraPipelineParts {
	readonly scene: CameraScene;
	readonly detector: Detector;
	/** The state that an earlier run left behind. */
	readonly saved?: CameraState;
}

/** One camera, from frame to occupancy: frame -> detections -> tracks -> stays -> occupancy. Facts go in one by one. */
export class CameraPipeline {
	readonly #detector: Detector;
	#scene: CameraScene;
	#state: CameraState;
	#lastDetections: readonly Detection[] = [];
	#lastLooks: CameraStep["looks"] = [];

	constructor({ scene, detector, saved = initialCameraState() }: CameraPipelineParts) {
		this.#scene = scene;
		this.#detector = detector;
		this.#state = saved;
	}

	/**
	 * Looks at a frame. Nothing has changed when it throws.
	 * @throws DetectorError when inference fails: tell it by `blind`
	 */
	async take(frame: Frame, signal?: AbortSignal): Promise<readonly OccupancyEvent[]> {
		return this.see(frame, await this.look(frame, signal));
	}

	/** What the model finds in it. Changes nothing. @throws DetectorError */
	look(frame: Frame, signal?: AbortSignal): Promise<readonly Detection[]> {
		const areas = this.#scene.zones.filter(({ kind }) => kind !== "ignore").map(({ polygon }) => polygon);
		return this.#detector.detect(frame, areas, signal);
	}

	/** What it means. */
	see(frame: Frame, detections: readonly Detection[]): readonly OccupancyEvent[] {
		this.#lastDetections = detections;
		return this.#happen({ kind: "frame", capturedAt: frame.capturedAt, detections, grey: greyOf(frame) });
	}

	/** The camera, or what looks through it, is lost; until the next frame. */
	blind(at: number, reason: UnknownReason): readonly OccupancyEvent[] {
		return this.#happen({ kind: "blind", at, reason });
	}

	/** The plate of what an occupancy is about is known for sure. */
	plate(at: number, occupancyId: string, plate: KnownPlate): readonly OccupancyEvent[] {
		return this.#happen({ kind: "plate", at, occupancyId, plate });
	}

	/** Time has passed and nothing came: to be called now and then, how often does not matter. */
	tick(at: number): readonly OccupancyEvent[] {
		return this.#happen({ kind: "tick", at });
	}

	/** The clock was set by so much: all that is remembered was then, by the new time. */
	moveInstants(byMs: number): void {
		this.#state = moveInstants(this.#state, byMs);
	}

	adoptScene(scene: CameraScene, at: number): readonly OccupancyEvent[] {
		this.#scene = scene;
		return this.#go(adoptScene(this.#state, scene, at));
	}

	/** Plain data; `serializeCameraState` writes it. */
	get state(): CameraState {
		return this.#state;
	}

	get scene(): CameraScene {
		return this.#scene;
	}

	/** What the model saw in the last frame. */
	get lastDetections(): readonly Detection[] {
		return this.#lastDetections;
	}

	/** What the rules of each zone were shown by the last fact; empty where it showed nothing. */
	get lastLooks(): CameraStep["looks"] {
		return this.#lastLooks;
	}

	#happen(fact: CameraFact): readonly OccupancyEvent[] {
		return this.#go(reduceCamera(this.#state, fact, this.#scene));
	}

	#go({ state, events, looks }: CameraStep): readonly OccupancyEvent[] {
		this.#state = state;
		this.#lastLooks = looks;
		return events;
	}
}

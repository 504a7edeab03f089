import type { CameraScene } from "#core/camera.ts";
import { blindAfterMs, defaultPolicy, type Policy } from "#core/scene.ts";
import type { TruthClip } from "./truth-file.ts";

/** Short, because recordings are: with the edge's own delays no clip of a minute would raise anything. */
const delays = { vehicleOnDelayMs: 5_000, objectOnDelayMs: 8_000, offDelayMs: 3_000 };

/** The policy under which recordings are judged that are looked at once in `everyMs`. */
export function evaluationPolicy(everyMs: number): Policy {
	return { ...defaultPolicy, ...delays, blindAfterMs: blindAfterMs(everyMs) };
}

/** Every polygon of a clip is a fire lane. */
export function sceneOf({ polygons }: TruthClip, policy: Policy): CameraScene {
	return { zones: Object.entries(polygons).map(([id, polygon]) => ({ id, kind: "fire_lane", polygon, policy })) };
}

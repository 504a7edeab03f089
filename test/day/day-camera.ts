import type { CameraScene } from "#core/camera.ts";
import type { Detection } from "#core/detection.ts";
import { defaultPolicy } from "#core/scene.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { chance } from "./chance.ts";
import { draw, pictureSize } from "./draw.ts";
import { lightAt } from "./light.ts";
import { detectionsOf } from "./model-sight.ts";
import { lanePolygon } from "./pieces.ts";
import type { DayPlan } from "./plan-day.ts";
import type { DayThing } from "./things.ts";

/** The product's own defaults. */
export const dayScene: CameraScene = {
	zones: [{ id: "lane", kind: "fire_lane", polygon: lanePolygon, policy: defaultPolicy }],
};

/** A car that is parked beside the lane all day long. */
const neighbour: DayThing = {
	id: 5,
	label: "car",
	width: 0.16,
	height: 0.17,
	path: [
		{ at: -1, x: 0.12, y: 0.36 },
		{ at: Number.MAX_SAFE_INTEGER, x: 0.12, y: 0.36 },
	],
};

/** What the camera of a planned day gives. Depends on the instant alone, so that an edge that was killed sees the same. */
export class DayCamera {
	readonly #plan: DayPlan;

	constructor(plan: DayPlan) {
		this.#plan = plan;
	}

	/** One look a second, never quite on it. */
	instantOf(second: number): number {
		return second * 1_000 + Math.floor(120 * chance(this.#plan.seed, second, 51));
	}

	isLost(at: number): boolean {
		return this.#plan.gaps.some(({ fromAt, toAt }) => at >= fromAt && at < toAt);
	}

	frameAt(at: number): Frame {
		const luma = draw(this.#thingsAt(at), at, lightAt(at / this.#plan.lastsMs));
		const rgb = new Uint8Array(3 * luma.length);
		for (let i = 0; i < luma.length; i++) rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = luma[i] ?? 0;
		return { ...pictureSize, capturedAt: at, rgb };
	}

	readonly detector: Detector = {
		detect: async ({ capturedAt }) => this.#detectionsAt(capturedAt),
		close: async () => {},
	};

	#detectionsAt(at: number): Detection[] {
		return detectionsOf(this.#thingsAt(at), at, lightAt(at / this.#plan.lastsMs));
	}

	/** Those behind first. */
	#thingsAt(at: number): DayThing[] {
		const piece = this.#plan.pieces.find(({ endsAt }) => endsAt >= at);
		const depth = ({ path }: DayThing) => path[0]?.y ?? 0;
		return [neighbour, ...(piece?.things ?? [])].sort((a, b) => depth(a) - depth(b));
	}
}

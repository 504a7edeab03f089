import type { Polygon } from "#core/geometry/shapes.ts";
import type { ModelInput } from "../models/model-manifest.ts";
import { fitRegion, type Letterbox, type PixelRect } from "./letterbox.ts";

export type LookPolicy = "frame" | "zones" | "both";

/**
 * Which parts of a frame to look at, and how large. The scale at which the model sees a vehicle matters more than the
 * size of the model: too small and it is missed, too large and only its parts are recognised.
 */
export function planLooks(
	frame: { width: number; height: number },
	areas: readonly Polygon[],
	input: ModelInput,
	policy: LookPolicy = "frame",
): Letterbox[] {
	const whole: PixelRect = { x: 0, y: 0, width: frame.width, height: frame.height };
	const crop = areas.length > 0 && policy !== "frame" ? around(areas, frame) : whole;
	const regions = policy === "both" && worthIt(crop, whole) ? [whole, crop] : [policy === "frame" ? whole : crop];
	return regions.map((region) => fitRegion(region, inputFor(region, input), input.fit));
}

/** Size of the input for a region: its long side `maxSide`, its short side as the region's shape asks. */
export function inputFor(region: PixelRect, input: ModelInput): { width: number; height: number } {
	const { maxSide, multipleOf } = input;
	if (multipleOf === null) return { width: maxSide, height: maxSide };
	const scale = maxSide / Math.max(region.width, region.height);
	const side = (length: number) =>
		Math.min(maxSide, Math.max(1, Math.ceil((length * scale) / multipleOf)) * multipleOf);
	return { width: side(region.width), height: side(region.height) };
}

/** The areas' common rectangle with a generous margin: what the edge of a crop cuts is hardly recognised. */
function around(areas: readonly Polygon[], frame: { width: number; height: number }): PixelRect {
	const xs = areas.flatMap((area) => area.map(([x]) => x * frame.width));
	const ys = areas.flatMap((area) => area.map(([, y]) => y * frame.height));
	const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	const marginX = (right - left) * 0.25;
	const marginY = (bottom - top) * 0.25;
	const x = Math.max(0, Math.floor(left - marginX));
	const y = Math.max(0, Math.floor(top - marginY));
	return {
		x,
		y,
		width: Math.max(1, Math.min(frame.width, Math.ceil(right + marginX)) - x),
		height: Math.max(1, Math.min(frame.height, Math.ceil(bottom + marginY)) - y),
	};
}

const worthIt = (crop: PixelRect, whole: PixelRect) => crop.width * crop.height < 0.5 * whole.width * whole.height;

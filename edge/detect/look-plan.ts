import type { Box, Polygon } from "#core/geometry/shapes.ts";
import type { ModelInput } from "../models/model-manifest.ts";
import { fitRegion, type Letterbox, type PixelRect } from "./letterbox.ts";

/** `zones`: the part of the frame around the zones. `both`: that and the whole frame, at twice the cost. */
export type LookPolicy = "frame" | "zones" | "both";

interface Size {
	readonly width: number;
	readonly height: number;
}

/** Of the zones' own extent, on each side: what the edge of a crop cuts is hardly recognised. */
const margin = 0.5;
/** Of the frame's sides: around a small zone the model still sees what surrounds it. */
const leastShare = 0.4;
/** Of the frame's area: a crop that is hardly smaller than the frame gains nothing. */
const mostShare = 0.7;
/**
 * The pixels of compressed video carry less than their number. On recordings of 640 pixels' width YOLOv8s found more,
 * and was surer, at three quarters of their size, at half the cost.
 */
const usefulDetail = 0.75;
/** Pixels; below that the models miss too much whatever the picture. */
const leastSide = 416;

/**
 * Which parts of a frame to look at, and how large. The scale at which a model sees a vehicle matters more than the size
 * of the model: too small and it is missed, too large and only its parts are recognised. So the part around the zones,
 * not the frame, is scaled to the size that the model is good at (`models/README.md` has the figures).
 */
export function planLooks(
	frame: Size,
	areas: readonly Polygon[],
	input: ModelInput,
	policy: LookPolicy = "zones",
): Letterbox[] {
	const whole: PixelRect = { x: 0, y: 0, width: frame.width, height: frame.height };
	const crop = areas.length > 0 ? around(areas, frame) : whole;
	const cropIsSmaller = crop.width * crop.height < mostShare * whole.width * whole.height;
	const regions = policy === "frame" || !cropIsSmaller ? [whole] : policy === "both" ? [whole, crop] : [crop];
	return regions.map((region) => fitRegion(region, inputFor(region, input), input.fit));
}

/** Size of the input for a region: its short side as the region's shape asks. */
export function inputFor(region: Size, { maxSide, multipleOf }: ModelInput): Size {
	if (multipleOf === null) return { width: maxSide, height: maxSide };
	const longSide = Math.max(region.width, region.height);
	const scale = Math.min(maxSide, Math.max(leastSide, longSide * usefulDetail)) / longSide;
	const side = (length: number) =>
		Math.min(maxSide, Math.max(1, Math.ceil((length * scale) / multipleOf)) * multipleOf);
	return { width: side(region.width), height: side(region.height) };
}

/** Whether a box (normalised to the frame) ends where the region does, though the frame goes on: it is a part of something. */
export function isCut(box: Box, { x, y, width, height }: PixelRect, frame: Size): boolean {
	const [nearX, nearY] = [0.01 * width, 0.01 * height];
	return (
		(x > 0 && box.x1 * frame.width < x + nearX) ||
		(y > 0 && box.y1 * frame.height < y + nearY) ||
		(x + width < frame.width && box.x2 * frame.width > x + width - nearX) ||
		(y + height < frame.height && box.y2 * frame.height > y + height - nearY)
	);
}

function around(areas: readonly Polygon[], frame: Size): PixelRect {
	const across = areas.flatMap((area) => area.map(([x]) => x));
	const down = areas.flatMap((area) => area.map(([, y]) => y));
	const [x, width] = span(across, frame.width);
	const [y, height] = span(down, frame.height);
	return { x, y, width, height };
}

/** First pixel and number of pixels along one side of the frame. */
function span(normalised: readonly number[], pixels: number): [start: number, length: number] {
	const [low, high] = [Math.min(...normalised), Math.max(...normalised)];
	const wanted = Math.min(1, Math.max(leastShare, (high - low) * (1 + 2 * margin)));
	const start = Math.min(Math.max(0, (low + high - wanted) / 2), 1 - wanted);
	const first = Math.min(pixels - 1, Math.round(start * pixels));
	return [first, Math.max(1, Math.min(pixels - first, Math.round(wanted * pixels)))];
}

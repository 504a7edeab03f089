import type { ModelInput } from "../models/model-manifest.ts";

/** A part of the frame, in its pixels: whole numbers, inside the frame. */
export interface PixelRect {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** How a part of the frame is laid into the model's input. A frame's point (x, y) falls on `left + (x - region.x) * scaleX`. */
export interface Letterbox {
	readonly region: PixelRect;
	readonly inputWidth: number;
	readonly inputHeight: number;
	/** Where the picture lies in the input, in its pixels; the rest is bars. */
	readonly left: number;
	readonly top: number;
	readonly contentWidth: number;
	readonly contentHeight: number;
	readonly scaleX: number;
	readonly scaleY: number;
}

export interface PixelBox {
	readonly x1: number;
	readonly y1: number;
	readonly x2: number;
	readonly y2: number;
}

export function fitRegion(
	region: PixelRect,
	input: { width: number; height: number },
	fit: ModelInput["fit"],
): Letterbox {
	const scale = Math.min(input.width / region.width, input.height / region.height);
	const contentWidth = fit === "stretch" ? input.width : atLeastOne(region.width * scale);
	const contentHeight = fit === "stretch" ? input.height : atLeastOne(region.height * scale);
	return {
		region,
		inputWidth: input.width,
		inputHeight: input.height,
		left: fit === "centre" ? Math.floor((input.width - contentWidth) / 2) : 0,
		top: fit === "centre" ? Math.floor((input.height - contentHeight) / 2) : 0,
		contentWidth,
		contentHeight,
		scaleX: contentWidth / region.width,
		scaleY: contentHeight / region.height,
	};
}

/** From the frame's pixels to the input's. */
export function toInput(letterbox: Letterbox, box: PixelBox): PixelBox {
	const { region, left, top, scaleX, scaleY } = letterbox;
	return {
		x1: left + (box.x1 - region.x) * scaleX,
		y1: top + (box.y1 - region.y) * scaleY,
		x2: left + (box.x2 - region.x) * scaleX,
		y2: top + (box.y2 - region.y) * scaleY,
	};
}

/** From the input's pixels to the frame's; what lies in the bars is cut off at the region's edge. */
export function toFrame(letterbox: Letterbox, box: PixelBox): PixelBox {
	const { region, left, top, scaleX, scaleY } = letterbox;
	const x = (value: number) => region.x + clamp((value - left) / scaleX, region.width);
	const y = (value: number) => region.y + clamp((value - top) / scaleY, region.height);
	return { x1: x(box.x1), y1: y(box.y1), x2: x(box.x2), y2: y(box.y2) };
}

const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most);
const atLeastOne = (value: number) => Math.max(1, Math.round(value));

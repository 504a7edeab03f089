import type { Box } from "#core/geometry/shapes.ts";
import type { Picture } from "./warp.ts";

export interface Crop {
	readonly picture: Picture;
	/** A box of the crop as one of the whole picture; both normalised. */
	readonly toWhole: (box: Box) => Box;
}

/** Of a vehicle's box, on each side: its plate may stick out. */
const vehicleMargin = 0.05;

export const vehicleCrop = (whole: Picture, box: Box): Crop => {
	const [x, y] = [(box.x2 - box.x1) * vehicleMargin, (box.y2 - box.y1) * vehicleMargin];
	return cropOf(whole, { x1: box.x1 - x, y1: box.y1 - y, x2: box.x2 + x, y2: box.y2 + y });
};

/** The part of a picture that a box covers, pixel by pixel; at least one pixel. What lies outside is left out. */
export function cropOf({ width, height, rgb }: Picture, box: Box): Crop {
	const [left, right] = span(box.x1, box.x2, width);
	const [top, bottom] = span(box.y1, box.y2, height);
	const picture = {
		width: right - left,
		height: bottom - top,
		rgb: new Uint8Array((right - left) * (bottom - top) * 3),
	};
	for (let y = top; y < bottom; y++)
		picture.rgb.set(rgb.subarray((y * width + left) * 3, (y * width + right) * 3), (y - top) * picture.width * 3);
	const x = (at: number) => (left + at * picture.width) / width;
	const y = (at: number) => (top + at * picture.height) / height;
	return { picture, toWhole: ({ x1, y1, x2, y2 }) => ({ x1: x(x1), y1: y(y1), x2: x(x2), y2: y(y2) }) };
}

function span(from: number, to: number, pixels: number): [number, number] {
	const first = Math.min(pixels - 1, Math.max(0, Math.floor(from * pixels)));
	return [first, Math.min(pixels, Math.max(first + 1, Math.ceil(to * pixels)))];
}

import type { GreyPicture } from "#core/picture/grey-picture.ts";
import type { Frame } from "./frame.ts";

/** Wide enough that a car of a thirtieth of the picture has a look of its own; below that all cars look alike. */
const greyWidth = 640;

/** A frame's brightness, scaled down by averaging; a frame that is smaller already keeps its size. */
export function greyOf(frame: Frame, maxWidth: number = greyWidth): GreyPicture {
	const width = Math.min(maxWidth, frame.width);
	const height = Math.max(1, Math.round((frame.height * width) / frame.width));
	const luma = new Uint8Array(width * height);
	for (let y = 0; y < height; y++) {
		const [top, bottom] = span(y, height, frame.height);
		for (let x = 0; x < width; x++) {
			const [left, right] = span(x, width, frame.width);
			luma[y * width + x] = meanLuma(frame, left, right, top, bottom);
		}
	}
	return { width, height, luma };
}

/** Rec. 601 in 1/256, over the pixels of a rectangle. */
function meanLuma({ rgb, width }: Frame, left: number, right: number, top: number, bottom: number): number {
	let sum = 0;
	for (let y = top; y < bottom; y++) {
		const end = (y * width + right) * 3;
		for (let i = (y * width + left) * 3; i < end; i += 3) {
			sum += 77 * (rgb[i] ?? 0) + 150 * (rgb[i + 1] ?? 0) + 29 * (rgb[i + 2] ?? 0);
		}
	}
	return Math.round(sum / (256 * (right - left) * (bottom - top)));
}

function span(index: number, parts: number, length: number): [number, number] {
	const from = Math.floor((index * length) / parts);
	return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / parts))];
}

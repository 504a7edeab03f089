import type { GreyPicture } from "../picture/grey-picture.ts";

/** Piled goods are looked for in a picture of at most this width: a carton is still some pixels wide, noise is averaged out. */
const maxWidth = 320;

/** A grey picture scaled down by a whole number, by averaging. */
export function workPictureOf(grey: GreyPicture): GreyPicture {
	const factor = Math.ceil(grey.width / maxWidth);
	if (factor === 1) return grey;
	const width = Math.floor(grey.width / factor);
	const height = Math.floor(grey.height / factor);
	const luma = new Uint8Array(width * height);
	const area = factor * factor;
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			let sum = 0;
			for (let row = 0; row < factor; row++) {
				const start = (y * factor + row) * grey.width + x * factor;
				for (let i = start; i < start + factor; i++) sum += grey.luma[i] ?? 0;
			}
			luma[y * width + x] = Math.round(sum / area);
		}
	}
	return { width, height, luma };
}

import { averaged } from "../picture/averaged.ts";
import type { GreyPicture } from "../picture/grey-picture.ts";

/** Piled goods are looked for in a picture of at most this width: a carton is still some pixels wide, noise is averaged out. */
const maxWidth = 320;

/** A grey picture scaled down by a whole number, by averaging. What is left over at the right and lower edge is left out. */
export function workPictureOf(grey: GreyPicture): GreyPicture {
	const factor = Math.ceil(grey.width / maxWidth);
	if (factor === 1) return grey;
	const [width, height] = [Math.floor(grey.width / factor), Math.floor(grey.height / factor)];
	const whole = width * factor === grey.width && height * factor === grey.height;
	const cut = whole ? grey : cutTo(grey, width * factor, height * factor);
	const values = averaged(cut, width, height);
	const luma = new Uint8Array(values.length);
	for (let i = 0; i < luma.length; i++) luma[i] = Math.round(values[i]!);
	return { width, height, luma };
}

function cutTo({ width: from, luma }: GreyPicture, width: number, height: number): GreyPicture {
	const kept = new Uint8Array(width * height);
	for (let y = 0; y < height; y++) kept.set(luma.subarray(y * from, y * from + width), y * width);
	return { width, height, luma: kept };
}

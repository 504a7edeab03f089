import { averaged } from "../picture/averaged.ts";
import type { GreyPicture } from "../picture/grey-picture.ts";

/** Brightness as real numbers, row by row, 0 black to 255 white. */
export interface Plane {
	readonly width: number;
	readonly height: number;
	readonly values: Float32Array;
}

/** Pixels; enough for the outline of a car, few enough that sensor noise averages out and a look costs little. */
const longestSide = 160;
/** Pixels; a square picture is made smaller still, so that the saved state stays small whatever the picture's shape. */
const mostPixels = 19_200;

/** The picture at the size at which views are judged, by averaging. A smaller one keeps its size. */
export function shrink(picture: GreyPicture): Plane {
	const bySide = longestSide / Math.max(picture.width, picture.height);
	const byArea = Math.sqrt(mostPixels / (picture.width * picture.height));
	const scale = Math.min(1, bySide, byArea);
	const [width, height] = [evenSize(picture.width * scale), evenSize(picture.height * scale)];
	return { width, height, values: averaged(picture, width, height) };
}

/** Edge maps pool two by two pixels. */
function evenSize(length: number): number {
	return Math.max(8, 2 * Math.round(length / 2));
}

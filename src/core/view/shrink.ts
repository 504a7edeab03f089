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
	return averaged(picture, evenSize(picture.width * scale), evenSize(picture.height * scale));
}

/** Any picture as one of `width` by `height` pixels, each the average of what it stands for. */
export function averaged(picture: GreyPicture, width: number, height: number): Plane {
	const columns = starts(picture.width, width);
	const values = new Float32Array(width * height);
	for (let y = 0; y < height; y++) {
		const top = Math.floor((y * picture.height) / height);
		const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height));
		for (let x = 0; x < width; x++) {
			const left = columns[x]!;
			const right = Math.max(left + 1, columns[x + 1]!);
			let sum = 0;
			for (let row = top; row < bottom; row++) {
				const base = row * picture.width;
				for (let i = base + left; i < base + right; i++) sum += picture.luma[i]!;
			}
			values[y * width + x] = sum / ((right - left) * (bottom - top));
		}
	}
	return { width, height, values };
}

function starts(length: number, parts: number): Int32Array {
	return Int32Array.from({ length: parts + 1 }, (_, index) => Math.floor((index * length) / parts));
}

/** Edge maps pool two by two pixels. */
function evenSize(length: number): number {
	return Math.max(8, 2 * Math.round(length / 2));
}

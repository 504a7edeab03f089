import type { GreyPicture } from "./grey-picture.ts";

/**
 * A picture as one of `width` by `height` pixels, each the average of what it stands for; row by row, 0 black to 255
 * white. Goes through the picture in the order in which it lies in memory: this is done at every look.
 */
export function averaged(picture: GreyPicture, width: number, height: number): Float32Array {
	const { luma } = picture;
	const columns = starts(picture.width, width);
	const values = new Float32Array(width * height);
	for (let y = 0; y < height; y++) {
		const top = Math.floor((y * picture.height) / height);
		const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height));
		const out = y * width;
		for (let row = top; row < bottom; row++) addRow(luma, row * picture.width, columns, values, out);
		for (let x = 0; x < width; x++) {
			const across = Math.max(1, columns[x + 1]! - columns[x]!);
			values[out + x] = values[out + x]! / (across * (bottom - top));
		}
	}
	return values;
}

function addRow(luma: Uint8Array, base: number, columns: Int32Array, sums: Float32Array, out: number): void {
	for (let x = 0; x < columns.length - 1; x++) {
		const left = columns[x]!;
		const end = base + Math.max(left + 1, columns[x + 1]!);
		let sum = 0;
		for (let i = base + left; i < end; i++) sum += luma[i]!;
		sums[out + x] = sums[out + x]! + sum;
	}
}

function starts(length: number, parts: number): Int32Array {
	return Int32Array.from({ length: parts + 1 }, (_, index) => Math.floor((index * length) / parts));
}

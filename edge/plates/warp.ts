import { depthAt, homographyBetween } from "#core/geometry/homography.ts";
import type { PlatePixels } from "#core/plates/plate-look.ts";
import { type Quad, sidesOf } from "./quad.ts";

/** A picture in pixels, packed RGB24. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly rgb: Uint8Array;
}

/**
 * What stands within four corners, upright, at another size: made smaller by means, enlarged smoothly (Catmull-Rom): line readers were taught
 * with pictures enlarged so. Outside the picture its edge goes on. Null where the corners are no quadrangle.
 */
export function warp(picture: Picture, quad: Quad, width: number, height: number): PlatePixels | null {
	const seen = sidesOf(quad);
	const finer = Math.min(finest, Math.max(1, Math.round(Math.max(seen.width / width, seen.height / height))));
	const fine = warpOnce(picture, quad, width * finer, height * finer);
	return fine && finer > 1 ? reduced(fine, finer) : fine;
}

/** Each pixel of what is made smaller is the mean of so many by so many at most: enough for the largest photos. */
const finest = 8;

function reduced({ width, height, rgb }: PlatePixels, by: number): PlatePixels {
	const [w, h] = [width / by, height / by];
	const sums = new Uint32Array(w * h * 3);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++)
			for (let i = 0; i < 3; i++) {
				const at = (Math.floor(y / by) * w + Math.floor(x / by)) * 3 + i;
				sums[at] = (sums[at] as number) + (rgb[(y * width + x) * 3 + i] as number);
			}
	return { width: w, height: h, rgb: Uint8Array.from(sums, (sum) => Math.round(sum / (by * by))) };
}

function warpOnce(picture: Picture, quad: Quad, width: number, height: number): PlatePixels | null {
	const map = homographyBetween(
		[
			[0, 0],
			[width, 0],
			[width, height],
			[0, height],
		],
		quad,
	);
	if (!map) return null;
	const out = new Uint8Array(width * height * 3);
	const [a, b, c, d, e, f] = map;
	const sum = new Float64Array(3);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const [px, py] = [x + 0.5, y + 0.5];
			const depth = depthAt(map, [px, py]);
			sample(picture, (a * px + b * py + c) / depth - 0.5, (d * px + e * py + f) / depth - 0.5, sum);
			const at = (y * width + x) * 3;
			for (let i = 0; i < 3; i++) out[at + i] = Math.max(0, Math.min(255, Math.round(sum[i] as number)));
		}
	}
	return { width, height, rgb: out };
}

function sample({ width, height, rgb }: Picture, x: number, y: number, sum: Float64Array): void {
	const [left, top] = [Math.floor(x), Math.floor(y)];
	const across = weights(x - left);
	const down = weights(y - top);
	sum.fill(0);
	for (let j = 0; j < 4; j++) {
		const row = Math.max(0, Math.min(height - 1, top + j - 1)) * width;
		for (let i = 0; i < 4; i++) {
			const weight = (down[j] as number) * (across[i] as number);
			const at = (row + Math.max(0, Math.min(width - 1, left + i - 1))) * 3;
			for (let k = 0; k < 3; k++) sum[k] = (sum[k] as number) + weight * (rgb[at + k] as number);
		}
	}
}

const weights = (t: number): readonly number[] => [
	((-0.5 * t + 1) * t - 0.5) * t,
	(1.5 * t - 2.5) * t * t + 1,
	((-1.5 * t + 2) * t + 0.5) * t,
	(0.5 * t - 0.5) * t * t,
];

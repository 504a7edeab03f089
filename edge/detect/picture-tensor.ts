import type { ModelInput } from "../models/model-manifest.ts";
import type { Letterbox } from "./letterbox.ts";

const imagenet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/**
 * Turns the region's pixels into the model's input: scaled without aliasing (each output pixel is the weighted mean of
 * the source pixels that it covers), barred, coloured and normalised.
 * @param rgb packed RGB24 of the letterbox's region alone
 * @param out planes of 32-bit floats, 3 x inputHeight x inputWidth
 */
export function fillTensor(letterbox: Letterbox, rgb: Uint8Array, input: ModelInput, out: Float32Array): void {
	const { region, inputWidth, inputHeight, left, top, contentWidth, contentHeight } = letterbox;
	const plane = inputWidth * inputHeight;
	const [gain, offset] = normalisationOf(input);
	const order = input.colour === "rgb" ? [0, 1, 2] : [2, 1, 0];
	for (let channel = 0; channel < 3; channel++) {
		const bar = input.padding * at(gain, channel) + at(offset, channel);
		if (contentWidth < inputWidth || contentHeight < inputHeight) out.fill(bar, channel * plane, (channel + 1) * plane);
	}
	const columns = tapsFor(region.width, contentWidth);
	const rows = tapsFor(region.height, contentHeight);
	const narrow = narrowRows(rgb, region.width, region.height, columns, contentWidth);
	const sums = new Float32Array(contentWidth * 3);
	for (let y = 0; y < contentHeight; y++) {
		sums.fill(0);
		for (let tap = 0; tap < rows.count; tap++) {
			const weight = at(rows.weights, y * rows.count + tap);
			if (weight === 0) continue;
			const from = (at(rows.starts, y) + tap) * contentWidth * 3;
			for (let i = 0; i < sums.length; i++) sums[i] = at(sums, i) + weight * at(narrow, from + i);
		}
		for (let channel = 0; channel < 3; channel++) {
			const target = channel * plane + (top + y) * inputWidth + left;
			const source = at(order, channel);
			const [by, plus] = [at(gain, channel), at(offset, channel)];
			for (let x = 0; x < contentWidth; x++) out[target + x] = at(sums, x * 3 + source) * by + plus;
		}
	}
}

/** For each output pixel along one side: the first source pixel, and the weights of it and its followers. */
interface Taps {
	readonly count: number;
	readonly starts: Int32Array;
	readonly weights: Float32Array;
}

/** Triangle filter: bilinear when enlarging, widened by the ratio when reducing. */
function tapsFor(from: number, to: number): Taps {
	const ratio = from / to;
	const reach = Math.max(1, ratio);
	const count = Math.min(from, Math.ceil(2 * reach) + 1);
	const starts = new Int32Array(to);
	const weights = new Float32Array(to * count);
	for (let i = 0; i < to; i++) {
		const centre = (i + 0.5) * ratio - 0.5;
		const start = Math.max(0, Math.min(from - count, Math.ceil(centre - reach)));
		starts[i] = start;
		let sum = 0;
		for (let tap = 0; tap < count; tap++) {
			const weight = Math.max(0, 1 - Math.abs(start + tap - centre) / reach);
			weights[i * count + tap] = weight;
			sum += weight;
		}
		for (let tap = 0; tap < count; tap++) weights[i * count + tap] = at(weights, i * count + tap) / sum;
	}
	return { count, starts, weights };
}

/** Every row of the picture, reduced to the output's width. */
function narrowRows(rgb: Uint8Array, width: number, height: number, taps: Taps, outWidth: number): Float32Array {
	const out = new Float32Array(height * outWidth * 3);
	let target = 0;
	for (let y = 0; y < height; y++) {
		const row = y * width * 3;
		for (let x = 0; x < outWidth; x++) {
			let [red, green, blue] = [0, 0, 0];
			let source = row + at(taps.starts, x) * 3;
			for (let tap = x * taps.count; tap < (x + 1) * taps.count; tap++) {
				const weight = at(taps.weights, tap);
				red += weight * at(rgb, source);
				green += weight * at(rgb, source + 1);
				blue += weight * at(rgb, source + 2);
				source += 3;
			}
			out[target] = red;
			out[target + 1] = green;
			out[target + 2] = blue;
			target += 3;
		}
	}
	return out;
}

/** value = level * gain + offset, a channel of the model's colour order each. */
function normalisationOf(input: ModelInput): [gain: number[], offset: number[]] {
	switch (input.normalisation) {
		case "raw":
			return [
				[1, 1, 1],
				[0, 0, 0],
			];
		case "unit":
			return [
				[1 / 255, 1 / 255, 1 / 255],
				[0, 0, 0],
			];
		case "imagenet": {
			const order = input.colour === "rgb" ? [0, 1, 2] : [2, 1, 0];
			return [
				order.map((i) => 1 / 255 / at(imagenet.deviation, i)),
				order.map((i) => -at(imagenet.mean, i) / at(imagenet.deviation, i)),
			];
		}
	}
}

/** Element that is known to be there: loops over pixels cannot pay for a check. */
const at = (values: ArrayLike<number>, index: number): number => values[index] as number;

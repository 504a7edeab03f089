import type { ModelInput } from "../models/model-manifest.ts";
import type { Letterbox } from "./letterbox.ts";

// Elements are read with `as number`: these loops run over a million numbers a picture and cannot pay for a check.

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
		const bar = input.padding * (gain[channel] as number) + (offset[channel] as number);
		if (contentWidth < inputWidth || contentHeight < inputHeight) out.fill(bar, channel * plane, (channel + 1) * plane);
	}
	const columns = tapsFor(region.width, contentWidth);
	const rows = tapsFor(region.height, contentHeight);
	const narrow = narrowRows(rgb, region.width, region.height, columns, contentWidth);
	const sums = new Float32Array(contentWidth * 3);
	for (let y = 0; y < contentHeight; y++) {
		sums.fill(0);
		for (let tap = 0; tap < rows.count; tap++) {
			const weight = rows.weights[y * rows.count + tap] as number;
			if (weight !== 0) addRow(sums, narrow, ((rows.starts[y] as number) + tap) * sums.length, weight);
		}
		for (let channel = 0; channel < 3; channel++) {
			const target = channel * plane + (top + y) * inputWidth + left;
			const [source, by, plus] = [order[channel] as number, gain[channel] as number, offset[channel] as number];
			for (let x = 0; x < contentWidth; x++) out[target + x] = (sums[x * 3 + source] as number) * by + plus;
		}
	}
}

function addRow(sums: Float32Array, narrow: Float32Array, from: number, weight: number): void {
	for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + weight * (narrow[from + i] as number);
}

/** For each output pixel along one side: the first source pixel, and the weights of it and its followers. */
interface Taps {
	readonly count: number;
	readonly starts: Int32Array;
	readonly weights: Float32Array;
}

/**
 * Bilinear down to half the size, as these models saw their pictures in training; below that the triangle widens, so
 * that no pixel is left out.
 */
function tapsFor(from: number, to: number): Taps {
	const ratio = from / to;
	const reach = Math.max(1, ratio / 2);
	const count = Math.min(from, Math.ceil(2 * reach));
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
		for (let tap = 0; tap < count; tap++) weights[i * count + tap] = (weights[i * count + tap] as number) / sum;
	}
	return { count, starts, weights };
}

/** Every row of the picture, reduced or enlarged to the output's width. */
function narrowRows(
	rgb: Uint8Array,
	width: number,
	height: number,
	{ count, starts, weights }: Taps,
	outWidth: number,
): Float32Array {
	const out = new Float32Array(height * outWidth * 3);
	let target = 0;
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < outWidth; x++) {
			let red = 0;
			let green = 0;
			let blue = 0;
			let source = (y * width + (starts[x] as number)) * 3;
			for (let tap = x * count; tap < (x + 1) * count; tap++) {
				const weight = weights[tap] as number;
				red += weight * (rgb[source] as number);
				green += weight * (rgb[source + 1] as number);
				blue += weight * (rgb[source + 2] as number);
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
		case "signed":
			return [
				[1 / 127.5, 1 / 127.5, 1 / 127.5],
				[-1, -1, -1],
			];
		case "imagenet": {
			const order = input.colour === "rgb" ? [0, 1, 2] : [2, 1, 0];
			return [
				order.map((i) => 1 / 255 / (imagenet.deviation[i] as number)),
				order.map((i) => -(imagenet.mean[i] as number) / (imagenet.deviation[i] as number)),
			];
		}
	}
}

import { logitOf, type OutputTensor, type RawBox, sigmoid } from "./raw-box.ts";

/** Each side of a box is told as a distribution over this many distances (distribution focal loss). */
const bins = 16;
const sides = 4;

/**
 * Boxes from the heads of the cut graph, one a scale: `[1, 64 + classes, h, w]`. The first 64 channels are, for each of
 * left, top, right, bottom, the distribution of the distance from the cell's middle, in cells; the rest are logits.
 */
export function decodeHeads(heads: readonly OutputTensor[], inputWidth: number, minConfidence: number): RawBox[] {
	return heads.flatMap((head) => decodeHead(head, inputWidth, minConfidence));
}

function decodeHead({ data, dims }: OutputTensor, inputWidth: number, minConfidence: number): RawBox[] {
	const [, channels = 0, height = 0, width = 0] = dims;
	const cells = height * width;
	const stride = inputWidth / width;
	const { best, label } = bestClass(data, cells, sides * bins, channels);
	const leastLogit = logitOf(minConfidence);
	const boxes: RawBox[] = [];
	for (let cell = 0; cell < cells; cell++) {
		const logit = best[cell] ?? -Infinity;
		if (logit < leastLogit) continue;
		const [left, top, right, bottom] = [0, 1, 2, 3].map((side) => distance(data, cells, cell, side) * stride);
		const x = ((cell % width) + 0.5) * stride;
		const y = (Math.floor(cell / width) + 0.5) * stride;
		boxes.push({
			label: label[cell] ?? 0,
			confidence: sigmoid(logit),
			x1: x - (left ?? 0),
			y1: y - (top ?? 0),
			x2: x + (right ?? 0),
			y2: y + (bottom ?? 0),
		});
	}
	return boxes;
}

/** Boxes from the whole graph: `[1, 4 + classes, N]`, centre and size in input pixels, scores already 0..1. */
export function decodeBoxes({ data, dims }: OutputTensor, minConfidence: number): RawBox[] {
	const [, channels = 0, count = 0] = dims;
	const { best, label } = bestClass(data, count, sides, channels);
	const boxes: RawBox[] = [];
	for (let i = 0; i < count; i++) {
		const confidence = best[i] ?? 0;
		if (confidence < minConfidence) continue;
		const [x, y, w, h] = [0, 1, 2, 3].map((row) => data[row * count + i] ?? 0) as [number, number, number, number];
		boxes.push({ label: label[i] ?? 0, confidence, x1: x - w / 2, y1: y - h / 2, x2: x + w / 2, y2: y + h / 2 });
	}
	return boxes;
}

/** The highest of the rows `from`..`to` in every column, and which it was. Row by row, as memory lies. */
function bestClass(data: Float32Array, columns: number, from: number, to: number) {
	const best = new Float32Array(columns).fill(-Infinity);
	const label = new Uint16Array(columns);
	for (let row = from; row < to; row++) {
		const start = row * columns;
		for (let column = 0; column < columns; column++) {
			const value = data[start + column] as number;
			if (value > (best[column] as number)) {
				best[column] = value;
				label[column] = row - from;
			}
		}
	}
	return { best, label };
}

/** The mean of the distribution: softmax of 16 logits, weighted 0..15. */
function distance(data: Float32Array, cells: number, cell: number, side: number): number {
	let highest = -Infinity;
	for (let bin = 0; bin < bins; bin++)
		highest = Math.max(highest, data[(side * bins + bin) * cells + cell] ?? -Infinity);
	let [sum, weighted] = [0, 0];
	for (let bin = 0; bin < bins; bin++) {
		const share = Math.exp((data[(side * bins + bin) * cells + cell] ?? -Infinity) - highest);
		sum += share;
		weighted += share * bin;
	}
	return weighted / sum;
}

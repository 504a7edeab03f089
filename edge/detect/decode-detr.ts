import type { ModelSpec } from "../models/model-manifest.ts";
import { type OutputTensor, type RawBox, sigmoid } from "./raw-box.ts";

/**
 * Boxes of DETR and its kin: `logits` `[1, Q, classes (+1)]` and `pred_boxes` `[1, Q, 4]` (centre and size, 0..1 of the
 * input). The first models add a last class "nothing" and mean a softmax, the later ones (RT-DETR) a sigmoid each.
 */
export function decodeDetr(
	logits: OutputTensor,
	predBoxes: OutputTensor,
	input: { width: number; height: number },
	{ scores, minConfidence }: Pick<ModelSpec, "scores" | "minConfidence">,
): RawBox[] {
	const [, queries = 0, columns = 0] = logits.dims;
	const boxes: RawBox[] = [];
	for (let query = 0; query < queries; query++) {
		const row = logits.data.subarray(query * columns, (query + 1) * columns);
		const { label, confidence } = scores === "softmax" ? bestOfSoftmax(row) : bestOfSigmoid(row);
		if (confidence < minConfidence) continue;
		const [x = 0, y = 0, w = 0, h = 0] = predBoxes.data.subarray(query * 4, query * 4 + 4);
		boxes.push({
			label,
			confidence,
			x1: (x - w / 2) * input.width,
			y1: (y - h / 2) * input.height,
			x2: (x + w / 2) * input.width,
			y2: (y + h / 2) * input.height,
		});
	}
	return boxes;
}

function bestOfSoftmax(row: Float32Array): { label: number; confidence: number } {
	const highest = row.reduce((most, value) => Math.max(most, value), -Infinity);
	const sum = row.reduce((total, value) => total + Math.exp(value - highest), 0);
	const label = highestOf(row.subarray(0, -1));
	return { label, confidence: Math.exp((row[label] ?? -Infinity) - highest) / sum };
}

function bestOfSigmoid(row: Float32Array): { label: number; confidence: number } {
	const label = highestOf(row);
	return { label, confidence: sigmoid(row[label] ?? -Infinity) };
}

const highestOf = (row: Float32Array): number =>
	row.reduce((best, value, index) => (value > (row[best] ?? -Infinity) ? index : best), 0);

import { describe, expect, test } from "vitest";
import { decodeDetr } from "../../edge/detect/decode-detr.ts";
import { decodeBoxes, decodeHeads } from "../../edge/detect/decode-yolov8.ts";
import { decodeYolox } from "../../edge/detect/decode-yolox.ts";
import { type OutputTensor, sigmoid } from "../../edge/detect/raw-box.ts";

const near = (value: number): unknown => expect.closeTo(value, 4);
const size = { width: 64, height: 32 };

describe("YOLOv8", () => {
	/** A head of 4 x 2 cells of 16 pixels and two classes, in which all is improbable. */
	function emptyHead(): OutputTensor {
		const data = new Float32Array(66 * 8).fill(-20);
		return { data, dims: [1, 66, 2, 4] };
	}
	/** Cell (2, 1), that is with its middle at 40, 24: `distances` in cells to left, top, right, bottom. */
	function put({ data }: OutputTensor, distances: readonly number[], logits: readonly number[]): void {
		const cell = 1 * 4 + 2;
		distances.forEach((distance, side) => {
			const [low, share] = [Math.floor(distance), distance % 1];
			data[(side * 16 + low) * 8 + cell] = Math.log(1 - share || 1e-30);
			data[(side * 16 + low + 1) * 8 + cell] = Math.log(share || 1e-30);
		});
		logits.forEach((logit, label) => (data[(64 + label) * 8 + cell] = logit));
	}

	test("a distance is the mean of its distribution, in cells from the cell's middle", () => {
		const head = emptyHead();
		put(head, [1, 0.5, 1.25, 0.25], [-3, 2]);
		const [box, ...others] = decodeHeads([head], size.width, 0.25);
		expect(others).toEqual([]);
		expect(box?.label).toBe(1);
		expect(box?.confidence).toBeCloseTo(sigmoid(2), 5);
		expect([box?.x1, box?.y1, box?.x2, box?.y2].map((value) => Math.round((value ?? 0) * 100) / 100)).toEqual([
			24, 16, 60, 28,
		]);
	});

	test("the threshold holds on both sides", () => {
		const head = emptyHead();
		put(head, [1, 1, 1, 1], [Math.log(0.3 / 0.7), -5]);
		expect(decodeHeads([head], size.width, 0.29)).toHaveLength(1);
		expect(decodeHeads([head], size.width, 0.31)).toHaveLength(0);
	});

	test("the whole graph gives centre and size, columns for boxes", () => {
		const data = Float32Array.of(10, 30, 20, 20, 8, 4, 6, 2, 0.1, 0.9, 0.2, 0.05);
		expect(decodeBoxes({ data, dims: [1, 6, 2] }, 0.25)).toEqual([
			{ label: 0, confidence: near(0.9), x1: 28, y1: 19, x2: 32, y2: 21 },
		]);
	});
});

test("YOLOX: cells of three strides after one another, sizes as logarithms, both chances multiplied", () => {
	const rows = 4 * 8 + 2 * 4 + 1 * 2;
	const data = new Float32Array(rows * 7);
	const row = 4 * 8 + 1 * 4 + 3; // stride 16, cell (3, 1)
	data.set([0.5, 0.25, Math.log(2), Math.log(1), 0.8, 0.1, 0.5], row * 7);
	expect(decodeYolox({ data, dims: [1, rows, 7] }, size, 0.25)).toEqual([
		{ label: 1, confidence: near(0.4), x1: near(40), y1: near(12), x2: near(72), y2: near(28) },
	]);
	expect(decodeYolox({ data, dims: [1, rows, 7] }, size, 0.41)).toEqual([]);
});

describe("DETR", () => {
	const boxes: OutputTensor = { data: Float32Array.of(0.5, 0.5, 0.5, 1, 0, 0, 0, 0), dims: [1, 2, 4] };
	const place = { x1: 16, y1: 0, x2: 48, y2: 32 };

	test("softmax with a last class for nothing", () => {
		const logits = { data: Float32Array.of(0, 3, 1, 0, 0, 9), dims: [1, 2, 3] };
		const confidence = Math.exp(3) / (1 + Math.exp(3) + Math.exp(1));
		const found = decodeDetr(logits, boxes, size, { scores: "softmax", minConfidence: 0.25 });
		expect(found).toEqual([{ label: 1, confidence: near(confidence), ...place }]);
	});

	test("a sigmoid each", () => {
		const logits = { data: Float32Array.of(0, 3, 1, -9, -9, -9), dims: [1, 2, 3] };
		const found = decodeDetr(logits, boxes, size, { scores: "sigmoid", minConfidence: 0.25 });
		expect(found).toEqual([{ label: 1, confidence: near(sigmoid(3)), ...place }]);
	});
});

import type { OutputTensor, RawBox } from "./raw-box.ts";

const strides = [8, 16, 32] as const;

/**
 * Boxes of YOLOX: `[1, N, 5 + classes]`, the rows running over the cells of stride 8, then 16, then 32. A row is the
 * centre's distance from the cell's corner in cells, the logarithm of the size in cells, the chance that anything is
 * there, and the chance of each class.
 */
export function decodeYolox(
	{ data, dims }: OutputTensor,
	input: { width: number; height: number },
	minConfidence: number,
): RawBox[] {
	const [, , columns = 0] = dims;
	const boxes: RawBox[] = [];
	let row = 0;
	for (const stride of strides) {
		const across = input.width / stride;
		const cells = across * (input.height / stride);
		for (let cell = 0; cell < cells; cell++, row++) {
			const value = (column: number) => data[row * columns + column] ?? 0;
			const something = value(4);
			if (something < minConfidence) continue;
			let [label, best] = [0, 0];
			for (let column = 5; column < columns; column++)
				if (value(column) > best) [label, best] = [column - 5, value(column)];
			if (something * best < minConfidence) continue;
			const x = (value(0) + (cell % across)) * stride;
			const y = (value(1) + Math.floor(cell / across)) * stride;
			const [w, h] = [Math.exp(value(2)) * stride, Math.exp(value(3)) * stride];
			boxes.push({ label, confidence: something * best, x1: x - w / 2, y1: y - h / 2, x2: x + w / 2, y2: y + h / 2 });
		}
	}
	return boxes;
}

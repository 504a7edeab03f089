import { type Cells, spansOf } from "./cells.ts";
import type { Plane } from "./shrink.ts";

/** How much detail each cell has: mean bend of the brightness, in half steps, 255 at most. */
export interface Sharpness {
	/** From one pixel to the next: gone when the lens is out of focus. */
	readonly fine: Uint8Array;
	/** Over four pixels: still there. */
	readonly coarse: Uint8Array;
}

export function sharpnessOf(plane: Plane, cells: Cells): Sharpness {
	return { fine: bendOf(plane, cells), coarse: bendOf(halved(halved(plane)), cells) };
}

/** The mean absolute Laplacian of each cell. */
function bendOf({ width, height, values }: Plane, cells: Cells): Uint8Array {
	const { columns, rows } = cells;
	const { lefts, tops } = spansOf(cells, width, height);
	const bends = new Uint8Array(columns * rows);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			let [sum, count] = [0, 0];
			for (let y = Math.max(1, tops[row]!); y < Math.min(height - 1, tops[row + 1]!); y++) {
				for (let x = Math.max(1, lefts[column]!); x < Math.min(width - 1, lefts[column + 1]!); x++) {
					const i = y * width + x;
					sum += Math.abs(4 * values[i]! - values[i - 1]! - values[i + 1]! - values[i - width]! - values[i + width]!);
					count += 1;
				}
			}
			bends[row * columns + column] = Math.min(255, Math.round((2 * sum) / Math.max(1, count)));
		}
	}
	return bends;
}

function halved({ width, height, values }: Plane): Plane {
	const [columns, rows] = [width >> 1, height >> 1];
	const halves = new Float32Array(columns * rows);
	for (let y = 0; y < rows; y++) {
		for (let x = 0; x < columns; x++) {
			const i = 2 * (y * width + x);
			halves[y * columns + x] = (values[i]! + values[i + 1]! + values[i + width]! + values[i + width + 1]!) / 4;
		}
	}
	return { width: columns, height: rows, values: halves };
}

import type { Point } from "#core/geometry/shapes.ts";
import { grow, type Quad, sidesOf, smallestRectangle, uprightParallelogram } from "./quad.ts";

/** A text finder (DB) marks the middle of what is written; pixels from this probability on belong to it. */
const belongsFrom = 0.3;
/** Mean over what belongs together; less is no text. */
const leastMean = 0.5;
/** Pixels of the map. */
const leastHeight = 3;
/** How far the whole text reaches beyond its marked middle: area by circumference, as the finder was taught. */
const reach = 1.6;

/** Height by width, of the text's own line. */
const leastShear = 0.1;

export interface TextBox {
	/** In pixels of the map. */
	readonly quad: Quad;
	/** The same text with upright sides, where it slopes so much that this is another shape. */
	readonly sheared: Quad | null;
	readonly confidence: number;
}

/** Turns the finder's map (probability that a pixel belongs to text, row by row) into sloping boxes around each text. */
export function textBoxes(map: Float32Array, width: number, height: number): TextBox[] {
	const seen = new Uint8Array(width * height);
	const boxes: TextBox[] = [];
	for (let start = 0; start < width * height; start++) {
		if (seen[start] || (map[start] as number) < belongsFrom) continue;
		const { edge, mean } = fill(map, width, height, start, seen);
		if (mean < leastMean) continue;
		const quad = smallestRectangle(edge);
		if (!quad) continue;
		const sides = sidesOf(quad);
		if (Math.min(sides.width, sides.height) < leastHeight) continue;
		const sheared = slopeOf(quad) > leastShear ? uprightParallelogram(edge) : null;
		boxes.push({ quad: reaching(quad), sheared: sheared && reaching(sheared), confidence: mean });
	}
	return boxes;
}

function reaching(quad: Quad): Quad {
	const { width, height } = sidesOf(quad);
	const by = (width * reach) / (2 * (width + height));
	return grow(quad, by, by);
}

const slopeOf = ([[x1, y1], [x2, y2]]: Quad) => Math.abs(y2 - y1) / Math.max(1e-6, Math.abs(x2 - x1));

/** All that hangs together with one pixel: first and last pixel of its rows, and the mean probability. */
function fill(map: Float32Array, width: number, height: number, start: number, seen: Uint8Array) {
	const open = [start];
	const rows = new Map<number, [number, number]>();
	let [sum, count] = [0, 0];
	seen[start] = 1;
	for (let at = open.pop(); at !== undefined; at = open.pop()) {
		const [x, y] = [at % width, Math.floor(at / width)];
		sum += map[at] as number;
		count += 1;
		const row = rows.get(y);
		if (!row) rows.set(y, [x, x]);
		else rows.set(y, [Math.min(row[0], x), Math.max(row[1], x)]);
		for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
			if (next < 0 || next >= width * height || seen[next] || (map[next] as number) < belongsFrom) continue;
			seen[next] = 1;
			open.push(next);
		}
	}
	const edge = [...rows].flatMap(([y, [from, to]]): Point[] => [
		[from, y],
		[to + 1, y],
		[to + 1, y + 1],
		[from, y + 1],
	]);
	return { edge, mean: sum / count };
}

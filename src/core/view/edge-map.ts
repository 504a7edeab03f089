import type { Plane } from "./shrink.ts";

/**
 * Where edges are and how they lie, at half the plane's size. Each point is a vector of length 0..1 that turns twice as
 * fast as the edge, so that an edge counts the same from dark to light and from light to dark: infrared turns many round.
 */
export interface EdgeMap {
	readonly columns: number;
	readonly rows: number;
	/** -127..127, stored with 128 added: columns * rows of each. */
	readonly along: Uint8Array;
	readonly across: Uint8Array;
}

/** Squared brightness steps a pixel; weaker than this is noise and blocks of the compression. */
const noiseFloor = 6;

/** Strengths are relative to the picture's own, so that gain and contrast change nothing. */
export function edgeMapOf({ width, height, values }: Plane): EdgeMap {
	const [columns, rows] = [width >> 1, height >> 1];
	const size = columns * rows;
	const [a, b, energy] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
	for (let y = 1; y < height - 1; y++) {
		const mapRow = (y >> 1) * columns;
		for (let x = 1; x < width - 1; x++) {
			const i = y * width + x;
			const dx = values[i + 1]! - values[i - 1]!;
			const dy = values[i + width]! - values[i - width]!;
			const at = mapRow + (x >> 1);
			a[at]! += dx * dx - dy * dy;
			b[at]! += 2 * dx * dy;
			energy[at]! += dx * dx + dy * dy;
		}
	}
	const usual = usualEnergy(energy);
	const along = new Uint8Array(size);
	const across = new Uint8Array(size);
	for (let i = 0; i < size; i++) {
		const scale = 127 / (energy[i]! + usual);
		along[i] = 128 + Math.round(a[i]! * scale);
		across[i] = 128 + Math.round(b[i]! * scale);
	}
	return { columns, rows, along, across };
}

/** The square of the mean root: a few glaring edges hardly raise it. */
function usualEnergy(energy: Float32Array): number {
	let sum = 0;
	for (const value of energy) sum += Math.sqrt(value);
	return 4 * noiseFloor + (sum / energy.length) ** 2;
}

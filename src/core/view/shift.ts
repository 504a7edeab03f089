import type { EdgeMap } from "./edge-map.ts";
import { fourier, powerOfTwoFrom, type Spectrum } from "./fourier.ts";

/** A shift at which two edge maps fit on each other. */
export interface Peak {
	/** In map points, to a fraction of one: the scene moved by so much. */
	readonly x: number;
	readonly y: number;
	/** In standard deviations of the correlation at all shifts: two pictures that have nothing in common reach 3 to 5. */
	readonly height: number;
}

export interface ShiftPeaks {
	/** The highest within `nearby` points of no shift. */
	readonly near: Peak;
	/** The highest of all; the same one where nothing has moved. */
	readonly best: Peak;
}

/** 2.5 % of the longer side: cameras on poles sway by as much, and zones are not drawn more exactly. */
const nearby = 2;
/** Share of the picture's side: with less of the scene in common a peak is chance. */
const farthest = 0.35;
/** Correlation over all shifts at once; what is not `free` (1) takes no part. */
export function shiftPeaks(reference: EdgeMap, current: EdgeMap, free: Uint8Array): ShiftPeaks {
	const columns = powerOfTwoFrom(reference.columns);
	const rows = powerOfTwoFrom(reference.rows);
	const before = spectrumOf(reference, free, columns, rows);
	const now = spectrumOf(current, free, columns, rows);
	for (let i = 0; i < now.re.length; i++) {
		const re = now.re[i]! * before.re[i]! + now.im[i]! * before.im[i]!;
		const im = now.im[i]! * before.re[i]! - now.re[i]! * before.im[i]!;
		const weight = 1 / toThreeQuarters(Math.sqrt(re * re + im * im) + 1e-3);
		now.re[i] = re * weight;
		now.im[i] = im * weight;
	}
	// A picture that has the same mean everywhere would fit at every shift.
	now.re[0] = now.im[0] = 0;
	fourier(now, true);
	return readPeaks(now.re, columns, rows, reference);
}

function spectrumOf(map: EdgeMap, free: Uint8Array, columns: number, rows: number): Spectrum {
	const spectrum = { columns, rows, re: new Float32Array(columns * rows), im: new Float32Array(columns * rows) };
	for (let y = 0; y < map.rows; y++) {
		for (let x = 0; x < map.columns; x++) {
			const from = y * map.columns + x;
			if (free[from] === 0) continue;
			spectrum.re[y * columns + x] = map.along[from]! - 128;
			spectrum.im[y * columns + x] = map.across[from]! - 128;
		}
	}
	fourier(spectrum, false);
	return spectrum;
}

function readPeaks(surface: Float32Array, columns: number, rows: number, map: EdgeMap): ShiftPeaks {
	const at = (x: number, y: number) => surface[((y + rows) & (rows - 1)) * columns + ((x + columns) & (columns - 1))]!;
	const [farX, farY] = [Math.floor(map.columns * farthest), Math.floor(map.rows * farthest)];
	let squares = 0;
	let near = { x: 0, y: 0, value: -Infinity };
	let best = near;
	for (let y = -farY; y <= farY; y++) {
		for (let x = -farX; x <= farX; x++) {
			const value = at(x, y);
			squares += value * value;
			if (value > best.value) best = { x, y, value };
			if (value > near.value && Math.abs(x) <= nearby && Math.abs(y) <= nearby) near = { x, y, value };
		}
	}
	const deviation = Math.sqrt(squares / ((2 * farX + 1) * (2 * farY + 1))) || 1;
	const peak = ({ x, y, value }: typeof best): Peak => ({
		x: x + vertex(at(x - 1, y), value, at(x + 1, y)),
		y: y + vertex(at(x, y - 1), value, at(x, y + 1)),
		height: value / deviation,
	});
	return { near: peak(near), best: peak(best) };
}

/**
 * Whitening: with a power of 1 this would be phase correlation (sharp peaks, much noise), with 0 plain correlation (broad
 * ones). Two roots cost a tenth of a power.
 */
function toThreeQuarters(value: number): number {
	const root = Math.sqrt(value);
	return root * Math.sqrt(root);
}

/** Where the parabola through three points has its top: -0.5..0.5 of a step from the middle one. */
function vertex(left: number, middle: number, right: number): number {
	const bend = left - 2 * middle + right;
	return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (0.5 * (left - right)) / bend));
}

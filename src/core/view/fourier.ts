/** Complex numbers on a grid whose sides are powers of two, row by row. */
export interface Spectrum {
	readonly columns: number;
	readonly rows: number;
	readonly re: Float32Array;
	readonly im: Float32Array;
}

/** In place; the inverse is not divided by the number of points. */
export function fourier({ columns, rows, re, im }: Spectrum, inverse: boolean): void {
	const rowTwiddle = twiddle(columns, inverse);
	for (let y = 0; y < rows; y++) transform(re, im, y * columns, 1, columns, rowTwiddle);
	const columnTwiddle = twiddle(rows, inverse);
	for (let x = 0; x < columns; x++) transform(re, im, x, columns, rows, columnTwiddle);
}

export function powerOfTwoFrom(least: number): number {
	return 2 ** Math.ceil(Math.log2(least));
}

interface Twiddle {
	readonly cos: Float32Array;
	readonly sin: Float32Array;
}

function twiddle(length: number, inverse: boolean): Twiddle {
	const sign = inverse ? 1 : -1;
	const angle = (index: number) => (sign * 2 * Math.PI * index) / length;
	return {
		cos: Float32Array.from({ length: length / 2 }, (_, index) => Math.cos(angle(index))),
		sin: Float32Array.from({ length: length / 2 }, (_, index) => Math.sin(angle(index))),
	};
}

/** Cooley and Tukey's, on `length` numbers that lie `stride` apart. */
function transform(re: Float32Array, im: Float32Array, from: number, stride: number, length: number, w: Twiddle) {
	for (let i = 1, j = 0; i < length; i++) {
		let bit = length >> 1;
		for (; j & bit; bit >>= 1) j ^= bit;
		j ^= bit;
		if (i < j) swap(re, im, from + i * stride, from + j * stride);
	}
	for (let half = 1; half < length; half <<= 1) {
		const step = length / (2 * half);
		for (let start = 0; start < length; start += 2 * half) {
			for (let k = 0; k < half; k++) {
				const [cos, sin] = [w.cos[k * step]!, w.sin[k * step]!];
				const even = from + (start + k) * stride;
				const odd = even + half * stride;
				const oddRe = re[odd]! * cos - im[odd]! * sin;
				const oddIm = re[odd]! * sin + im[odd]! * cos;
				re[odd] = re[even]! - oddRe;
				im[odd] = im[even]! - oddIm;
				re[even]! += oddRe;
				im[even]! += oddIm;
			}
		}
	}
}

function swap(re: Float32Array, im: Float32Array, a: number, b: number) {
	[re[a], re[b]] = [re[b]!, re[a]!];
	[im[a], im[b]] = [im[b]!, im[a]!];
}

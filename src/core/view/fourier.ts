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
	reverseBits(re, im, from, stride, length);
	for (let half = 1; half < length; half <<= 1) {
		const step = length / (2 * half);
		for (let k = 0; k < half; k++) {
			const cos = w.cos[k * step]!;
			const sin = w.sin[k * step]!;
			for (let start = k; start < length; start += 2 * half) {
				const even = from + start * stride;
				const odd = even + half * stride;
				const oddRe = re[odd]! * cos - im[odd]! * sin;
				const oddIm = re[odd]! * sin + im[odd]! * cos;
				const evenRe = re[even]!;
				const evenIm = im[even]!;
				re[odd] = evenRe - oddRe;
				im[odd] = evenIm - oddIm;
				re[even] = evenRe + oddRe;
				im[even] = evenIm + oddIm;
			}
		}
	}
}

function reverseBits(re: Float32Array, im: Float32Array, from: number, stride: number, length: number) {
	for (let i = 1, j = 0; i < length; i++) {
		let bit = length >> 1;
		for (; j & bit; bit >>= 1) j ^= bit;
		j ^= bit;
		if (i >= j) continue;
		const a = from + i * stride;
		const b = from + j * stride;
		const re0 = re[a]!;
		const im0 = im[a]!;
		re[a] = re[b]!;
		im[a] = im[b]!;
		re[b] = re0;
		im[b] = im0;
	}
}

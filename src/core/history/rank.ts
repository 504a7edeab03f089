/**
 * The value that stands at `index` once all are in order. Puts smaller ones before it and greater ones after it, and leaves
 * those as they come: to order fifty thousand for the sake of two takes five times as long.
 */
export function valueAtRank(values: Float64Array, index: number): number {
	let [low, high] = [0, values.length - 1];
	while (low < high) {
		const pivot = middleOfThree(values, low, high);
		let [left, right] = [low, high];
		while (left <= right) {
			while ((values[left] as number) < pivot) left += 1;
			while ((values[right] as number) > pivot) right -= 1;
			if (left > right) break;
			const value = values[left] as number;
			values[left] = values[right] as number;
			values[right] = value;
			left += 1;
			right -= 1;
		}
		if (index <= right) high = right;
		else if (index >= left) low = left;
		else break;
	}
	return values[index] as number;
}

/** Of the first, the last and the one between; so what is in order already is no bad case. */
function middleOfThree(values: Float64Array, low: number, high: number): number {
	const [a, b, c] = [values[low] as number, values[(low + high) >>> 1] as number, values[high] as number];
	return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

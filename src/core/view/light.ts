import type { Plane } from "./shrink.ts";

/** Brightness that 2 %, half and 98 % of the picture stay below: 0..255. */
export interface Light {
	readonly low: number;
	readonly middle: number;
	readonly high: number;
}

export function lightOf({ values }: Plane): Light {
	const histogram = new Uint32Array(256);
	for (let i = 0; i < values.length; i++) histogram[(values[i]! + 0.5) & 255]! += 1;
	return {
		low: quantile(histogram, values.length * 0.02),
		middle: quantile(histogram, values.length * 0.5),
		high: quantile(histogram, values.length * 0.98),
	};
}

/** Below this the brightest things are as dark as a lane by night without a lamp. */
const darkHigh = 40;
const darkContrast = 28;
/** Fog, a bag, a wall of snow: nothing stands out from anything. */
const flatContrast = 12;
/** So little may be noise alone, in a picture that is small already. */
const faintContrast = 30;

/** Neither lamp nor infrared: what little there is drowns in the sensor's noise. */
export function isDark({ low, high }: Light): boolean {
	return high < darkHigh && high - low < darkContrast;
}

export function isFlat({ low, high }: Light): boolean {
	return high - low < flatContrast;
}

export function isFaint({ low, high }: Light): boolean {
	return high - low < faintContrast;
}

function quantile(histogram: Uint32Array, count: number): number {
	let sum = 0;
	for (let value = 0; value < 256; value++) {
		sum += histogram[value]!;
		if (sum >= count) return value;
	}
	return 255;
}

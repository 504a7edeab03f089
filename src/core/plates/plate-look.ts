import { type KnownColour, type PlateColour, plateColours } from "./grammar.ts";

/** Pixels of one plate, upright: packed RGB24, width * height * 3 bytes. */
export interface PlatePixels {
	readonly width: number;
	readonly height: number;
	readonly rgb: Uint8Array;
}

/** How likely each ground colour is, 0..1; they sum to 1 or, where the picture has no colour to tell by, to 0. */
export type ColourShares = Readonly<Record<KnownColour, number>>;

export const noColour: ColourShares = { blue: 0, yellow: 0, green: 0, "yellow-green": 0, white: 0, black: 0 };

/** Below this saturation (0..1) a pixel has no hue that would tell anything. */
const leastSaturation = 0.14;
const leastValue = 0.18;

/** The colour of a plate's ground from its pixels' hue, saturation and value; characters and frame are the smaller part. */
export function colourSharesOf({ width, height, rgb }: PlatePixels): ColourShares {
	const count = { blue: 0, yellow: 0, green: 0, none: 0 };
	const levels: number[] = [];
	const left = { yellow: 0, green: 0 };
	const [x0, y0] = [Math.floor(width * 0.06), Math.floor(height * 0.14)];
	let all = 0;
	for (let y = y0; y < height - y0; y++) {
		for (let x = x0; x < width - x0; x++) {
			const i = (y * width + x) * 3;
			const hue = hueOf(rgb[i] as number, rgb[i + 1] as number, rgb[i + 2] as number);
			all += 1;
			levels.push(greyAt(rgb, i));
			count[hue] += 1;
			if (x < width * 0.3 && (hue === "yellow" || hue === "green")) left[hue] += 1;
		}
	}
	if (all === 0) return noColour;
	const share = (hue: keyof typeof count) => count[hue] / all;
	const coloured = share("blue") + share("yellow") + share("green");
	if (coloured < 0.15) return greyShares(levels);
	const [blue, yellow, green] = [share("blue") / coloured, share("yellow") / coloured, share("green") / coloured];
	// The large new energy plate is yellow where its province stands, and green for the rest.
	if (left.yellow > 2 * left.green && yellow > 0.12 && yellow < 0.4 && green > 0.4)
		return sharpened({ ...noColour, blue, green: green / 2, "yellow-green": yellow + green / 2 });
	return sharpened({ ...noColour, blue, yellow, green });
}

/** The likeliest, where one is likely enough to be told. */
export function likeliestColour(shares: ColourShares): PlateColour {
	const [colour] = [...plateColours].sort((a, b) => shares[b] - shares[a]);
	return colour && shares[colour] >= 0.6 ? colour : "unknown";
}

/**
 * How sharp the characters' edges are, 0..1: the steepest steps between neighbours beside the picture's own contrast.
 * It compares pictures of one plate with each other, whatever their light.
 */
export function plateSharpness({ width, height, rgb }: PlatePixels): number {
	const steps: number[] = [];
	let [low, high] = [255, 0];
	for (let y = Math.floor(height * 0.2); y < height * 0.8; y++) {
		for (let x = 1; x < width; x++) {
			const i = (y * width + x) * 3;
			const [here, before] = [greyAt(rgb, i), greyAt(rgb, i - 3)];
			steps.push(Math.abs(here - before));
			low = Math.min(low, here);
			high = Math.max(high, here);
		}
	}
	if (high - low < 8) return 0;
	steps.sort((a, b) => a - b);
	return Math.min(1, (2 * (steps[Math.floor(steps.length * 0.95)] ?? 0)) / (high - low));
}

/**
 * Without colour: dark characters on a pale ground, or shining ones on black. A blue plate at night, or washed out by the
 * sun, has neither contrast: nothing is told of it.
 */
function greyShares(levels: number[]): ColourShares {
	levels.sort((a, b) => a - b);
	const at = (share: number) => levels[Math.floor(levels.length * share)] ?? 0;
	const [low, ground, high] = [at(0.06), at(0.5), at(0.94)];
	if (ground > 110 && ground - low > 70 && ground - low > 2 * (high - ground)) return { ...noColour, white: 1 };
	if (ground < 90 && high - ground > 100 && high - ground > 2 * (ground - low)) return { ...noColour, black: 1 };
	return noColour;
}

/** Shares of pixels made probabilities: twice as many pixels are far more than twice as likely. */
function sharpened(shares: ColourShares): ColourShares {
	const powers = plateColours.map((colour) => Math.max(0, shares[colour]) ** 3);
	const sum = powers.reduce((a, b) => a + b, 0);
	const entries = plateColours.map((colour, i) => [colour, sum > 0 ? (powers[i] as number) / sum : 0] as const);
	return Object.fromEntries(entries) as unknown as ColourShares;
}

function hueOf(red: number, green: number, blue: number): "blue" | "yellow" | "green" | "none" {
	const high = Math.max(red, green, blue);
	const spread = high - Math.min(red, green, blue);
	if (high < leastValue * 255 || spread / high < leastSaturation) return "none";
	const hue =
		high === red
			? (60 * (green - blue)) / spread
			: high === green
				? 120 + (60 * (blue - red)) / spread
				: 240 + (60 * (red - green)) / spread;
	if (hue >= 170 && hue <= 265) return "blue";
	// Under a lamp or a bad white balance a yellow plate is nearly lime; a new energy plate is never.
	if (hue >= 90 && hue < 170) return "green";
	if (hue >= 15 && hue < 90) return "yellow";
	return "none";
}

const greyAt = (rgb: Uint8Array, i: number): number =>
	0.299 * (rgb[i] as number) + 0.587 * (rgb[i + 1] as number) + 0.114 * (rgb[i + 2] as number);

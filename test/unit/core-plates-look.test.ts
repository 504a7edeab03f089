import { expect, test } from "vitest";
import { colourSharesOf, likeliestColour, plateSharpness, type PlatePixels } from "#core/plates/plate-look.ts";

type Rgb = readonly [number, number, number];

/** A ground with seven strokes of writing; `ground` may differ from left to right. */
function plate(ground: (x: number) => Rgb, writing: Rgb, soft = 0): PlatePixels {
	const [width, height] = [140, 44];
	const rgb = new Uint8Array(width * height * 3);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const ink = y < 8 || y > 36 ? 0 : inkAt(x % 20, soft);
			const pixel = ground(x / width).map((level, i) => Math.round(level * (1 - ink) + (writing[i] ?? 0) * ink));
			rgb.set(pixel, (y * width + x) * 3);
		}
	return { width, height, rgb };
}

const inkAt = (x: number, soft: number) => Math.max(0, Math.min(1, (3.5 - Math.abs(x - 10)) / (1 + soft) + 0.5));
const colourOf = (pixels: PlatePixels) => likeliestColour(colourSharesOf(pixels));
const even = (colour: Rgb) => () => colour;

test.each([
	["blue", even([30, 70, 190]), [240, 240, 240]],
	["blue", even([20, 40, 80]), [120, 130, 140]],
	["yellow", even([230, 170, 20]), [20, 20, 20]],
	["yellow", even([150, 215, 40]), [40, 60, 20]],
	["green", (x: number): Rgb => [200 - 100 * x, 230, 190], [20, 30, 20]],
	["green", even([90, 190, 130]), [20, 30, 20]],
	["yellow-green", (x: number): Rgb => (x < 0.28 ? [230, 200, 60] : [90, 190, 130]), [20, 30, 20]],
	["white", even([225, 225, 222]), [25, 25, 25]],
	["black", even([25, 25, 28]), [235, 235, 235]],
	["unknown", even([118, 118, 118]), [128, 128, 128]],
] as const)("%s is told from its ground", (colour, ground, writing) =>
	expect(colourOf(plate(ground, writing))).toBe(colour),
);

test("shares sum to one, or to nothing where there is no colour to tell by", () => {
	const sum = (pixels: PlatePixels) => Object.values(colourSharesOf(pixels)).reduce((a, b) => a + b, 0);
	expect(sum(plate(even([30, 70, 190]), [240, 240, 240]))).toBeCloseTo(1);
	expect(colourSharesOf({ width: 0, height: 0, rgb: new Uint8Array(0) }).blue).toBe(0);
});

test("blurred writing is less sharp, whatever the contrast", () => {
	const sharp = plateSharpness(plate(even([30, 70, 190]), [240, 240, 240]));
	const soft = plateSharpness(plate(even([30, 70, 190]), [240, 240, 240], 5));
	const pale = plateSharpness(plate(even([60, 80, 140]), [140, 150, 180]));
	expect(soft).toBeLessThan(sharp * 0.6);
	expect(pale).toBeCloseTo(sharp, 1);
	expect(plateSharpness(plate(even([90, 90, 90]), [90, 90, 90]))).toBe(0);
});

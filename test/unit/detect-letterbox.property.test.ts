import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitRegion, type PixelRect, toFrame, toInput } from "../../edge/detect/letterbox.ts";
import { inputFor } from "../../edge/detect/look-plan.ts";
import { fillTensor } from "../../edge/detect/picture-tensor.ts";
import type { ModelInput } from "../../edge/models/model-manifest.ts";

const input: ModelInput = {
	maxSide: 640,
	multipleOf: 32,
	colour: "rgb",
	normalisation: "unit",
	fit: "centre",
	padding: 114,
};

const region = fc.record({
	x: fc.nat(300),
	y: fc.nat(300),
	width: fc.integer({ min: 8, max: 1280 }),
	height: fc.integer({ min: 8, max: 1280 }),
}) satisfies fc.Arbitrary<PixelRect>;
const fit = fc.constantFrom("centre", "corner", "stretch") satisfies fc.Arbitrary<ModelInput["fit"]>;

describe("letterbox", () => {
	test("there and back is within half a pixel", () => {
		const corner = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
		fc.assert(
			fc.property(region, fit, corner, corner, (part, how, a, b) => {
				const letterbox = fitRegion(part, inputFor(part, input), how);
				const box = {
					x1: part.x + a[0] * part.width,
					y1: part.y + a[1] * part.height,
					x2: part.x + b[0] * part.width,
					y2: part.y + b[1] * part.height,
				};
				const back = toFrame(letterbox, toInput(letterbox, box));
				for (const side of ["x1", "y1", "x2", "y2"] as const)
					expect(Math.abs(back[side] - box[side])).toBeLessThan(0.5);
			}),
		);
	});

	test("the picture lies inside the input, and keeps its shape but for rounding", () => {
		fc.assert(
			fc.property(region, fit, (part, how) => {
				const letterbox = fitRegion(part, inputFor(part, input), how);
				expect(letterbox.left).toBeGreaterThanOrEqual(0);
				expect(letterbox.top).toBeGreaterThanOrEqual(0);
				expect(letterbox.left + letterbox.contentWidth).toBeLessThanOrEqual(letterbox.inputWidth);
				expect(letterbox.top + letterbox.contentHeight).toBeLessThanOrEqual(letterbox.inputHeight);
				if (how === "stretch") return;
				const scale = Math.min(letterbox.inputWidth / part.width, letterbox.inputHeight / part.height);
				expect(Math.abs(letterbox.contentWidth - part.width * scale)).toBeLessThanOrEqual(1);
				expect(Math.abs(letterbox.contentHeight - part.height * scale)).toBeLessThanOrEqual(1);
			}),
		);
	});

	test("what is drawn at a place in the frame is found at that place of the input, within half a pixel", () => {
		const side = fc.integer({ min: 96, max: 500 });
		fc.assert(
			fc.property(side, side, fc.constantFrom("centre", "corner"), (width, height, how) => {
				const letterbox = fitRegion({ x: 0, y: 0, width, height }, { width: 160, height: 160 }, how);
				const spot = { x1: Math.floor(width * 0.3), y1: Math.floor(height * 0.4), x2: 0, y2: 0 };
				spot.x2 = spot.x1 + Math.ceil(width / 8);
				spot.y2 = spot.y1 + Math.ceil(height / 8);
				const tensor = new Float32Array(3 * 160 * 160);
				fillTensor(letterbox, whiteSpot(width, height, spot), { ...input, padding: 0 }, tensor);
				const expected = toInput(letterbox, spot);
				const middle = centroid(tensor.subarray(0, 160 * 160), 160);
				expect(Math.abs(middle.x - (expected.x1 + expected.x2) / 2)).toBeLessThan(0.5);
				expect(Math.abs(middle.y - (expected.y1 + expected.y2) / 2)).toBeLessThan(0.5);
			}),
			{ numRuns: 40 },
		);
	});
});

describe("picture tensor", () => {
	const letterbox = fitRegion({ x: 0, y: 0, width: 4, height: 2 }, { width: 4, height: 4 }, "centre");
	const red = Uint8Array.from({ length: 4 * 2 * 3 }, (_, i) => (i % 3 === 0 ? 255 : 51));

	test.each([
		["rgb", "unit", [1, 0.2, 0.2], 114 / 255],
		["bgr", "raw", [51, 51, 255], 114],
		[
			"rgb",
			"imagenet",
			[(1 - 0.485) / 0.229, (0.2 - 0.456) / 0.224, (0.2 - 0.406) / 0.225],
			(114 / 255 - 0.485) / 0.229,
		],
	] as const)("%s, %s", (colour, normalisation, expected, bar) => {
		const tensor = new Float32Array(3 * 16);
		fillTensor(letterbox, red, { ...input, colour, normalisation }, tensor);
		expected.forEach((value, channel) => expect(tensor[channel * 16 + 5]).toBeCloseTo(value, 4));
		expect(tensor[0]).toBeCloseTo(bar, 4);
		expect(tensor[15]).toBeCloseTo(bar, 4);
	});

	test("an even picture stays even, whatever the scale", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (width, height) => {
				const even = fitRegion({ x: 0, y: 0, width, height }, { width: 64, height: 64 }, "stretch");
				const tensor = new Float32Array(3 * 64 * 64);
				fillTensor(even, new Uint8Array(width * height * 3).fill(200), { ...input, normalisation: "raw" }, tensor);
				expect(Math.max(...tensor.map((value) => Math.abs(value - 200)))).toBeLessThan(0.01);
			}),
			{ numRuns: 30 },
		);
	});
});

function whiteSpot(width: number, height: number, spot: { x1: number; y1: number; x2: number; y2: number }) {
	const rgb = new Uint8Array(width * height * 3);
	for (let y = spot.y1; y < spot.y2; y++) rgb.fill(255, (y * width + spot.x1) * 3, (y * width + spot.x2) * 3);
	return rgb;
}

/** Pixel (0, 0) has its middle at 0.5, 0.5. */
function centroid(plane: Float32Array, width: number): { x: number; y: number } {
	let [sum, x, y] = [0, 0, 0];
	plane.forEach((value, i) => {
		sum += value;
		x += value * ((i % width) + 0.5);
		y += value * (Math.floor(i / width) + 0.5);
	});
	return { x: x / sum, y: y / sum };
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Polygon } from "#core/geometry/shapes.ts";
import { inputFor, isCut, planLooks } from "../../edge/detect/look-plan.ts";
import type { ModelInput } from "../../edge/models/model-manifest.ts";

const input: ModelInput = {
	maxSide: 640,
	multipleOf: 32,
	colour: "rgb",
	normalisation: "unit",
	fit: "centre",
	padding: 114,
};
const frame = { width: 1280, height: 720 };
const farLane: Polygon = [
	[0.7, 0.2],
	[0.8, 0.2],
	[0.8, 0.3],
	[0.7, 0.3],
];
const wideLane: Polygon = [
	[0.05, 0.3],
	[0.95, 0.3],
	[0.95, 0.9],
	[0.05, 0.9],
];

describe("which part of a frame is looked at", () => {
	test("around a small zone, with what surrounds it, never less than two fifths of the frame", () => {
		const [look, ...others] = planLooks(frame, [farLane], input);
		expect(others).toEqual([]);
		expect(look?.region).toEqual({ x: 704, y: 36, width: 512, height: 288 });
	});

	test("the whole frame where the zones fill it, where there are none, and where that is asked for", () => {
		const whole = { x: 0, y: 0, width: 1280, height: 720 };
		expect(planLooks(frame, [wideLane], input).map((look) => look.region)).toEqual([whole]);
		expect(planLooks(frame, [], input).map((look) => look.region)).toEqual([whole]);
		expect(planLooks(frame, [farLane], input, "frame").map((look) => look.region)).toEqual([whole]);
		expect(planLooks(frame, [wideLane], input, "both").map((look) => look.region)).toEqual([whole]);
	});

	test("both, where that is asked for and the zones are a small part", () => {
		expect(planLooks(frame, [farLane], input, "both").map((look) => look.region.width)).toEqual([1280, 512]);
	});

	test("every zone lies within what is looked at, and that within the frame, of any shape", () => {
		const point = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
		const areas = fc.array(fc.array(point, { minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 3 });
		const side = fc.integer({ min: 16, max: 1280 });
		fc.assert(
			fc.property(areas, side, side, (polygons, width, height) => {
				for (const { region } of planLooks({ width, height }, polygons, input)) {
					for (const value of Object.values(region)) expect(Number.isInteger(value)).toBe(true);
					expect(region.x).toBeGreaterThanOrEqual(0);
					expect(region.y).toBeGreaterThanOrEqual(0);
					expect(region.x + region.width).toBeLessThanOrEqual(width);
					expect(region.y + region.height).toBeLessThanOrEqual(height);
					for (const [x, y] of polygons.flat()) {
						expect(x * width).toBeGreaterThanOrEqual(region.x - 1);
						expect(x * width).toBeLessThanOrEqual(region.x + region.width + 1);
						expect(y * height).toBeGreaterThanOrEqual(region.y - 1);
						expect(y * height).toBeLessThanOrEqual(region.y + region.height + 1);
					}
				}
			}),
		);
	});
});

describe("size of the input", () => {
	test.each([
		["a large frame", { width: 1280, height: 720 }, { width: 640, height: 384 }],
		["one on its side", { width: 720, height: 1280 }, { width: 384, height: 640 }],
		["a middling one, at three quarters", { width: 640, height: 360 }, { width: 480, height: 288 }],
		["a small one, enlarged a little", { width: 320, height: 240 }, { width: 416, height: 320 }],
		["a strip", { width: 2000, height: 20 }, { width: 640, height: 32 }],
	])("of %s", (_, region, expected) => expect(inputFor(region, input)).toEqual(expected));

	test("is the model's own where that is fixed", () => {
		expect(inputFor({ width: 1280, height: 720 }, { ...input, multipleOf: null })).toEqual({ width: 640, height: 640 });
	});
});

test("a box is cut where the region ends and the frame goes on", () => {
	const region = { x: 640, y: 0, width: 640, height: 360 };
	const middle = { x1: 0.6, y1: 0.1, x2: 0.7, y2: 0.2 };
	expect(isCut(middle, region, frame)).toBe(false);
	expect(isCut({ ...middle, x1: 0.501 }, region, frame)).toBe(true);
	expect(isCut({ ...middle, y2: 0.499 }, region, frame)).toBe(true);
	expect(isCut({ ...middle, y1: 0, x2: 1 }, region, frame)).toBe(false);
});

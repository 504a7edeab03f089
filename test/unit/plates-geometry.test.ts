import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Point } from "#core/geometry/shapes.ts";
import { inside, type Quad, sidesOf, smallestRectangle, uprightParallelogram } from "../../edge/plates/quad.ts";
import { textBoxes } from "../../edge/plates/text-boxes.ts";
import { warp } from "../../edge/plates/warp.ts";
import { decodeY5fu } from "../../edge/plates/y5fu-boxes.ts";

const corners = (quad: Quad | null) => quad?.map(([x, y]) => [Math.round(x), Math.round(y)]);

test("the smallest rectangle around a sloping text slopes with it, and begins at its left upper corner", () => {
	const text: Point[] = [
		[10, 20],
		[90, 40],
		[85, 60],
		[5, 40],
	];
	expect(corners(smallestRectangle([...text].reverse()))).toEqual(text);
});

test("a plate seen from the side is a parallelogram with upright sides", () => {
	const seen: Point[] = [
		[10, 20],
		[90, 60],
		[90, 90],
		[10, 50],
	];
	expect(corners(uprightParallelogram([...seen, [50, 55]]))).toEqual(seen);
});

test("points in one line have no rectangle", () => {
	expect(smallestRectangle([])).toBeNull();
	expect(smallestRectangle([3, 4, 5].map((at): Point => [at, at]))).toBeNull();
	expect(uprightParallelogram([])).toBeNull();
});

test("a rectangle holds all points that it was made of", () => {
	const anyPoint = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }));
	fc.assert(
		fc.property(fc.array(anyPoint, { minLength: 3, maxLength: 20 }), (points) => {
			for (const quad of [smallestRectangle(points), uprightParallelogram(points)])
				if (quad) for (const point of points) expect(outsideBy(quad, point)).toBeLessThan(1e-6);
		}),
	);
});

describe("text boxes", () => {
	/** A map with a bar of text from (20, 10) to (80, 18). */
	const map = (probability: number) => {
		const pixels = new Float32Array(100 * 32);
		for (let y = 10; y < 18; y++) pixels.fill(probability, y * 100 + 20, y * 100 + 80);
		return pixels;
	};

	test("reach beyond the middle of the writing that the finder marks, on all sides alike", () => {
		const [box, ...others] = textBoxes(map(0.9), 100, 32);
		expect(others).toEqual([]);
		expect(box?.confidence).toBeCloseTo(0.9);
		expect(box?.sheared).toBeNull();
		const [left, top] = box?.quad[0] ?? [0, 0];
		expect(20 - left).toBeCloseTo(10 - top);
		expect(20 - left).toBeGreaterThan(3);
	});

	test("are not made of what the finder half believes, nor of a speck", () => {
		expect(textBoxes(map(0.35), 100, 32)).toEqual([]);
		const speck = new Float32Array(100 * 32);
		speck[512] = 1;
		expect(textBoxes(speck, 100, 32)).toEqual([]);
	});
});

describe("warping", () => {
	const picture = {
		width: 40,
		height: 20,
		rgb: Uint8Array.from({ length: 40 * 20 * 3 }, (_, i) => Math.floor(i / 3) % 40),
	};

	test("keeps what it does not have to change", () => {
		const whole: Quad = [
			[0, 0],
			[40, 0],
			[40, 20],
			[0, 20],
		];
		expect(warp(picture, whole, 40, 20)?.rgb).toEqual(picture.rgb);
	});

	test("takes the mean where it makes smaller, and goes on with the edge outside", () => {
		const rgb = warp(
			picture,
			[
				[0, 0],
				[40, 0],
				[40, 20],
				[0, 20],
			],
			10,
			5,
		)?.rgb;
		expect([rgb?.[0], rgb?.[3], rgb?.[27]]).toEqual([
			expect.closeTo(1.5, -0.5),
			expect.closeTo(5.5, -0.5),
			expect.closeTo(37.5, -0.5),
		]);
		expect(
			warp(
				picture,
				[
					[-9, 0],
					[-1, 0],
					[-1, 20],
					[-9, 20],
				],
				4,
				4,
			)?.rgb[0],
		).toBe(0);
	});

	test("refuses corners in one line", () => {
		expect(
			warp(
				picture,
				[
					[0, 0],
					[5, 0],
					[9, 0],
					[0, 9],
				],
				8,
				8,
			),
		).toBeNull();
	});
});

test("y5fu: corners and rows of each plate, the surest of those that overlap, none below the confidence", () => {
	const row = (x: number, objectness: number, one: number, two: number) => [
		...[x, 50, 40, 12, objectness],
		...[x - 20, 44, x + 20, 44, x + 20, 56, x - 20, 56],
		...[one, two],
	];
	const rows = [row(100, 0.9, 0.9, 0.1), row(102, 0.8, 0.9, 0.1), row(300, 0.7, 0.1, 0.9), row(500, 0.2, 0.9, 0.1)];
	const found = decodeY5fu({ data: Float32Array.from(rows.flat()), dims: [1, 4, 15] }, 0.3);
	expect(found.map(({ rows }) => rows)).toEqual(["one", "two"]);
	expect(corners(found[0]?.quad ?? null)).toEqual([
		[80, 44],
		[120, 44],
		[120, 56],
		[80, 56],
	]);
	expect(found[0]?.confidence).toBeCloseTo(0.81);
});

test("parts of a quadrangle are told by shares of its sides", () => {
	const quad: Quad = [
		[0, 0],
		[100, 0],
		[100, 20],
		[0, 20],
	];
	expect(inside(quad, [0, 0.5, 1, 1])).toEqual([
		[0, 10],
		[100, 10],
		[100, 20],
		[0, 20],
	]);
	const { width, height } = sidesOf(inside(quad, [-0.1, -0.1, 1.1, 1.1]));
	expect(width).toBeCloseTo(120);
	expect(height).toBeCloseTo(24);
});

function outsideBy([a, b, c, d]: Quad, [x, y]: Point): number {
	const edges = [
		[a, b],
		[b, c],
		[c, d],
		[d, a],
	] as const;
	const beyond = edges.map(([[x1, y1], [x2, y2]]) => {
		const length = Math.hypot(x2 - x1, y2 - y1) || 1;
		return -((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / length;
	});
	return Math.max(...beyond);
}

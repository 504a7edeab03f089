import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type Corners,
	depthAt,
	homographyBetween,
	inverseOf,
	mapPoint,
	mapPolygon,
} from "#core/geometry/homography.ts";
import { polygonArea } from "#core/geometry/polygon.ts";
import type { Point } from "#core/geometry/shapes.ts";

const square: Corners = [
	[0, 0],
	[1, 0],
	[1, 1],
	[0, 1],
];
const shift = fc.integer({ min: -200, max: 200 }).map((n) => n / 1000);
/** A square whose corners are moved by up to a fifth of its side is still convex. */
const seen: fc.Arbitrary<Corners> = fc
	.tuple(fc.tuple(shift, shift), fc.tuple(shift, shift), fc.tuple(shift, shift), fc.tuple(shift, shift))
	.map((shifts) => square.map(([x, y], i): Point => [x + shifts[i]![0], y + shifts[i]![1]]) as unknown as Corners);
const side = fc.integer({ min: 1, max: 100 });
const share = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);

const rectangle = (width: number, length: number): Corners => [
	[0, 0],
	[width, 0],
	[width, length],
	[0, length],
];

test("the four points go where they shall, and every point between them there and back", () => {
	fc.assert(
		fc.property(seen, side, side, share, share, (from, width, length, u, v) => {
			const to = rectangle(width, length);
			const there = homographyBetween(from, to)!;
			const back = inverseOf(there, to)!;
			from.forEach((point, i) => {
				expect(mapPoint(there, point)[0]).toBeCloseTo(to[i]![0], 8);
				expect(mapPoint(there, point)[1]).toBeCloseTo(to[i]![1], 8);
			});
			const place: Point = [u * width, v * length];
			const again = mapPoint(there, mapPoint(back, place));
			expect(again[0]).toBeCloseTo(place[0], 8);
			expect(again[1]).toBeCloseTo(place[1], 8);
		}),
	);
});

test("it makes no difference with which corner one begins, nor in which direction one goes", () => {
	fc.assert(
		fc.property(seen, side, side, fc.nat(3), fc.boolean(), share, share, (from, width, length, by, turn, u, v) => {
			const to = rectangle(width, length);
			const order = (corners: Corners) => {
				const turned = corners.map((_, i) => corners[(i + by) % 4]!);
				return (turn ? turned.toReversed() : turned) as unknown as Corners;
			};
			const middle: Point = [0.3 + 0.4 * u, 0.3 + 0.4 * v];
			const one = mapPoint(homographyBetween(from, to)!, middle);
			const other = mapPoint(homographyBetween(order(from), order(to))!, middle);
			expect(other[0]).toBeCloseTo(one[0], 7);
			expect(other[1]).toBeCloseTo(one[1], 7);
		}),
	);
});

test("straight lines stay straight", () => {
	fc.assert(
		fc.property(seen, share, share, share, (from, u, v, part) => {
			const there = homographyBetween(from, square)!;
			const [a, b]: [Point, Point] = [
				[0.3 + 0.4 * u, 0.3],
				[0.3, 0.3 + 0.4 * v],
			];
			const between: Point = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
			expect(polygonArea([a, b, between].map((point) => mapPoint(there, point)))).toBeCloseTo(0, 9);
		}),
	);
});

test.each<[string, Corners]>([
	["three points in one line", [[0, 0], [0.5, 0], [1, 0], [0, 1]]], // prettier-ignore
	["all points in one place", [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]], // prettier-ignore
	["two corners in one place", [[0, 0], [0, 0], [1, 1], [0, 1]]], // prettier-ignore
	["a rectangle seen crossed", [[0, 0], [1, 1], [1, 0], [0, 1]]], // prettier-ignore
	["a rectangle seen dented", [[0, 0], [1, 0], [0.2, 0.2], [0, 1]]], // prettier-ignore
])("no camera sees %s", (_, from) => {
	expect(homographyBetween(from, rectangle(4, 20))).toBeNull();
});

test("what lies beyond the horizon is cut off, not turned inside out", () => {
	const lane: Corners = [
		[0.2, 1],
		[0.8, 1],
		[0.55, 0.5],
		[0.45, 0.5],
	];
	const there = homographyBetween(lane, rectangle(4, 40))!;
	expect(depthAt(there, [0.5, 0.2])).toBeLessThan(0);
	const wall = mapPolygon(there, [[0.4, 0.9], [0.6, 0.9], [0.6, 0.1], [0.4, 0.1]], 0.05); // prettier-ignore
	expect(wall.every(([, y]) => y > 0)).toBe(true);
	expect(mapPolygon(there, [[0.4, 0.2], [0.6, 0.2], [0.5, 0.1]], 0.05)).toEqual([]); // prettier-ignore
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { boxArea, groundFootprint, intersectionOverUnion, medianBox } from "#core/geometry/box.ts";
import { coverage, standsIn } from "#core/geometry/membership.ts";
import { areaInside, clipToBox, containsPoint, polygonArea } from "#core/geometry/polygon.ts";
import type { Box, Point, Polygon } from "#core/geometry/shapes.ts";
import { simplifyPolygon } from "#core/geometry/simplify.ts";

const coordinate = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
const point = fc.tuple(coordinate, coordinate);

/** Any outline that does not cross itself: points around a centre, at any distance from it. */
const polygon: fc.Arbitrary<Polygon> = fc
	.array(fc.integer({ min: 50, max: 490 }), { minLength: 3, maxLength: 12 })
	.map((radii) =>
		radii.map((radius, index): Point => {
			const angle = (index * 2 * Math.PI) / radii.length;
			return [0.5 + (radius / 1000) * Math.cos(angle), 0.5 + (radius / 1000) * Math.sin(angle)];
		}),
	);

const box: fc.Arbitrary<Box> = fc
	.tuple(point, point)
	.map(([[ax, ay], [bx, by]]) => ({
		x1: Math.min(ax, bx),
		y1: Math.min(ay, by),
		x2: Math.max(ax, bx),
		y2: Math.max(ay, by),
	}))
	.filter((b) => b.x2 - b.x1 > 0.01 && b.y2 - b.y1 > 0.01);

const turned = (outline: Polygon, by: number): Polygon => outline.map((_, i) => outline[(i + by) % outline.length]!);
const corners = ({ x1, y1, x2, y2 }: Box): Polygon => [
	[x1, y1],
	[x2, y1],
	[x2, y2],
	[x1, y2],
];

test("neither the starting vertex nor the direction changes anything", () => {
	fc.assert(
		fc.property(polygon, point, box, fc.nat(11), (outline, where, area, by) => {
			for (const same of [turned(outline, by), outline.toReversed()]) {
				expect(containsPoint(same, where)).toBe(containsPoint(outline, where));
				expect(polygonArea(same)).toBeCloseTo(polygonArea(outline), 10);
				expect(areaInside(same, area)).toBeCloseTo(areaInside(outline, area), 10);
				expect(coverage(same, area)).toBeCloseTo(coverage(outline, area), 8);
			}
		}),
	);
});

test("a point lies in a triangle fan of the outline as often as in the outline", () => {
	fc.assert(
		fc.property(polygon, point, (outline, where) => {
			const centre: Point = [0.5, 0.5];
			const triangles = outline.map((from, i): Polygon => [centre, from, outline[(i + 1) % outline.length]!]);
			const inside = triangles.filter((triangle) => containsPoint(triangle, where)).length % 2 === 1;
			expect(containsPoint(outline, where)).toBe(inside);
		}),
	);
});

test("what is cut out of a polygon by a box is no larger than either and lies in the box", () => {
	fc.assert(
		fc.property(polygon, box, (outline, area) => {
			const inside = areaInside(outline, area);
			expect(inside).toBeLessThanOrEqual(Math.min(polygonArea(outline), boxArea(area)) + 1e-9);
			for (const [x, y] of clipToBox(outline, area)) {
				expect(x).toBeGreaterThanOrEqual(area.x1 - 1e-9);
				expect(x).toBeLessThanOrEqual(area.x2 + 1e-9);
				expect(y).toBeGreaterThanOrEqual(area.y1 - 1e-9);
				expect(y).toBeLessThanOrEqual(area.y2 + 1e-9);
			}
		}),
	);
});

test("the parts of a box hold as much of a polygon as the whole box, also of one that is not convex", () => {
	fc.assert(
		fc.property(polygon, box, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (outline, area, share) => {
			const middle = area.x1 + (area.x2 - area.x1) * share;
			const parts = areaInside(outline, { ...area, x2: middle }) + areaInside(outline, { ...area, x1: middle });
			expect(parts).toBeCloseTo(areaInside(outline, area), 9);
		}),
	);
});

test("two boxes share as much as the clipping says", () => {
	fc.assert(
		fc.property(box, box, (a, b) => {
			const shared = areaInside(corners(a), b);
			expect(intersectionOverUnion(a, b)).toBeCloseTo(shared / (boxArea(a) + boxArea(b) - shared), 9);
			expect(intersectionOverUnion(a, b)).toBe(intersectionOverUnion(b, a));
		}),
	);
});

test("the median of boxes does not move for one odd box among three", () => {
	fc.assert(
		fc.property(box, box, (place, odd) => {
			expect(medianBox([place, odd, place])).toEqual(place);
		}),
	);
});

test("a thing stands where enough of its footprint does, or where it covers a small zone", () => {
	const lane = corners({ x1: 0.4, y1: 0, x2: 0.6, y2: 1 });
	const car = (x1: number): Box => ({ x1, y1: 0.4, x2: x1 + 0.2, y2: 0.6 });
	expect(groundFootprint(car(0.4)).y1).toBeCloseTo(0.5);
	expect(standsIn(lane, car(0.4))).toBe(true);
	expect(standsIn(lane, car(0.27))).toBe(true); // 35 % of it
	expect(standsIn(lane, car(0.25))).toBe(false); // 25 % of it
	expect(standsIn(lane, car(0.1))).toBe(false);
	const exit = corners({ x1: 0.48, y1: 0.85, x2: 0.52, y2: 0.9 });
	expect(standsIn(exit, { x1: 0.2, y1: 0.2, x2: 0.9, y2: 0.95 })).toBe(true); // 1 % of the lorry, all of the exit
	const above = corners({ x1: 0.4, y1: 0.4, x2: 0.6, y2: 0.49 });
	expect(standsIn(above, car(0.4))).toBe(false); // only its roof is in front of the zone
});

test("a simplified outline is made of its own points, in their order, as few as allowed and three at least", () => {
	fc.assert(
		fc.property(polygon, fc.integer({ min: 0, max: 15 }), (outline, mostPoints) => {
			const simple = simplifyPolygon(outline, mostPoints);
			expect(simple).toHaveLength(Math.min(outline.length, Math.max(3, mostPoints)));
			expect(outline.filter((each) => simple.includes(each))).toEqual(simple);
		}),
	);
});

test("points on a straight line are the first to go", () => {
	const square: Polygon = [
		[0, 0],
		[0.5, 0],
		[1, 0],
		[1, 1],
		[0.4, 1],
		[0, 1],
	];
	expect(simplifyPolygon(square, 4)).toEqual(corners({ x1: 0, y1: 0, x2: 1, y2: 1 }));
});

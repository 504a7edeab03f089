import fc from "fast-check";
import { expect, test } from "vitest";
import type { Calibration } from "#core/clearance/calibration.ts";
import { clearanceOf } from "#core/clearance/clearance.ts";
import type { Point, Polygon } from "#core/geometry/shapes.ts";
import type { Zone, ZoneKind } from "#core/scene.ts";

const thresholds = { clearWidthM: 4, blockedWidthM: 3 };
const thousandth = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 1000);
const point = fc.tuple(thousandth(0, 1000), thousandth(0, 1000));

/** Convex: a lane whose far end is the narrower one, or any other tilt. */
const quadrilateral: fc.Arbitrary<Polygon> = fc
	.tuple(thousandth(0, 300), thousandth(700, 1000), thousandth(550, 700), thousandth(300, 450), thousandth(100, 500))
	.map(([a, b, c, d, top]): Polygon => [
		[a, 0.95],
		[b, 0.9],
		[c, top],
		[d, top + 0.02],
	]);
const calibration: fc.Arbitrary<Calibration | undefined> = fc.option(
	fc.record({ widthM: fc.integer({ min: 2, max: 20 }), lengthM: fc.integer({ min: 2, max: 80 }) }),
	{ nil: undefined, freq: 4 },
);
const kind = fc.constantFrom<ZoneKind>("fire_lane", "aerial_site", "hydrant_front");
const zone: fc.Arbitrary<Zone> = fc
	.tuple(quadrilateral, calibration, kind)
	.map(([polygon, known, k]) => ({ id: "z", kind: k, polygon, calibration: known }));
const footprint: fc.Arbitrary<Polygon> = fc
	.tuple(point, thousandth(5, 400), thousandth(5, 200))
	.map(([[x, y], width, height]): Polygon => [
		[x, y],
		[x + width, y],
		[x + width, y + height],
		[x, y + height],
	]);
const footprints = fc.array(footprint, { maxLength: 5 });

const levels = ["blocked", "narrowed", "clear"];

test("more that stands there never leaves more", () => {
	fc.assert(
		fc.property(zone, footprints, footprint, (place, some, another) => {
			const before = clearanceOf(place, some, thresholds);
			const after = clearanceOf(place, [...some, another], thresholds);
			expect(after.widthM ?? 0).toBeLessThanOrEqual(before.widthM ?? 0);
			if (before.level && after.level) {
				expect(levels.indexOf(after.level)).toBeLessThanOrEqual(levels.indexOf(before.level));
			}
			expect(after.share).toBeLessThanOrEqual(before.share + 1e-9);
		}),
	);
});

test("the share lies between 0 and 1, metres are told with a calibration alone, and an empty lane is as wide as it is", () => {
	fc.assert(
		fc.property(zone, footprints, (place, some) => {
			const { share, widthM } = clearanceOf(place, some, thresholds);
			expect(share).toBeGreaterThanOrEqual(0);
			expect(share).toBeLessThanOrEqual(1);
			expect(widthM === null).toBe(place.calibration === undefined);
			const empty = clearanceOf(place, [], thresholds);
			expect(empty.share).toBeCloseTo(1, 9);
			if (place.calibration && "widthM" in place.calibration && place.kind !== "aerial_site") {
				expect(empty.widthM).toBe(place.calibration.widthM);
				expect(widthM).toBeLessThanOrEqual(place.calibration.widthM);
			}
		}),
	);
});

test("neither the order of the footprints, nor a lane's other end, nor its mirror changes anything", () => {
	fc.assert(
		fc.property(zone, footprints, (place, some) => {
			const told = clearanceOf(place, some, thresholds);
			const [a, b, c, d] = place.polygon as [Point, Point, Point, Point];
			for (const polygon of [
				[c, d, a, b],
				[b, a, d, c],
			]) {
				// prettier-ignore
				const same = clearanceOf({ ...place, polygon }, some.toReversed(), thresholds);
				expect(same.share).toBeCloseTo(told.share, 1);
				if (place.kind === "aerial_site") continue;
				expect(same.share).toBeCloseTo(told.share, 6);
				expect(Math.abs((same.widthM ?? 0) - (told.widthM ?? 0))).toBeLessThan(0.011);
			}
		}),
	);
});

test("a footprint given twice, or cut in two, counts as once", () => {
	fc.assert(
		fc.property(zone, footprint, thousandth(100, 900), (place, one, at) => {
			const [[x1, y1], , [x2, y2]] = one as [Point, Point, Point, Point];
			const middle = x1 + (x2 - x1) * at;
			const halves: Polygon[] = [
				[[x1, y1], [middle, y1], [middle, y2], [x1, y2]], // prettier-ignore
				[[middle, y1], [x2, y1], [x2, y2], [middle, y2]], // prettier-ignore
			];
			const told = clearanceOf(place, [one], thresholds);
			expect(clearanceOf(place, [one, one], thresholds)).toEqual(told);
			expect(clearanceOf(place, halves, thresholds).share).toBeGreaterThanOrEqual(told.share - 1e-9);
		}),
	);
});

import { describe, expect, test } from "vitest";
import { type Calibration, checkCalibration } from "#core/clearance/calibration.ts";
import { aerialSiteOfTallBuilding, clearanceOf, freeRectangleOf } from "#core/clearance/clearance.ts";
import { homographyBetween, mapPoint } from "#core/geometry/homography.ts";
import type { Point, Polygon } from "#core/geometry/shapes.ts";
import type { Zone } from "#core/scene.ts";

const thresholds = { clearWidthM: 4, blockedWidthM: 3 };
/** A lane that runs away from the camera. */
const seen: readonly [Point, Point, Point, Point] = [
	[0.1, 0.95],
	[0.9, 0.95],
	[0.6, 0.3],
	[0.4, 0.3],
];

function laneOf(widthM: number, lengthM: number, kind: Zone["kind"] = "fire_lane"): Zone {
	return { id: "lane", kind, polygon: seen, calibration: { widthM, lengthM } };
}

/** A rectangle on the ground of `laneOf`, as the camera sees it: metres from the near left corner. */
function standing(zone: Zone, x1: number, y1: number, x2: number, y2: number): Polygon {
	const { widthM, lengthM } = zone.calibration as { widthM: number; lengthM: number };
	const ground = [[0, 0], [widthM, 0], [widthM, lengthM], [0, lengthM]] as const; // prettier-ignore
	const toPicture = homographyBetween(ground, seen)!;
	return ([[x1, y1], [x2, y1], [x2, y2], [x1, y2]] as const).map((point) => mapPoint(toPicture, point)); // prettier-ignore
}

describe("a calibrated fire lane", () => {
	const lane = laneOf(6, 30);

	test("that is empty is as wide as it is", () => {
		expect(clearanceOf(lane, [], thresholds)).toEqual({ share: 1, widthM: 6, level: "clear" });
	});

	test("has left what is beside a car at its edge, far away as near by", () => {
		for (const y of [1, 14, 25]) {
			const { share, widthM, level } = clearanceOf(lane, [standing(lane, 0, y, 1.8, y + 4.5)], thresholds);
			expect(widthM).toBeCloseTo(4.2, 2);
			expect(share).toBeCloseTo(0.7, 3);
			expect(level).toBe("clear");
		}
	});

	test("has left the wider side beside a car in its middle", () => {
		const { widthM, level } = clearanceOf(lane, [standing(lane, 1, 10, 2.8, 14.5)], thresholds);
		expect(widthM).toBeCloseTo(3.2, 2);
		expect(level).toBe("narrowed");
	});

	test("is narrowed as much by a small thing as by a long one", () => {
		const { widthM } = clearanceOf(lane, [standing(lane, 0, 20, 2, 20.3)], thresholds);
		expect(widthM).toBeCloseTo(4, 2);
	});

	test("must be passed in one go where things stand nearer together than an engine is long", () => {
		const left = standing(lane, 0, 5, 1.8, 9.5);
		const near = standing(lane, 4.2, 15, 6, 19.5);
		const far = standing(lane, 4.2, 20, 6, 24.5);
		expect(clearanceOf(lane, [left, near], thresholds)).toMatchObject({ widthM: 2.4, level: "blocked" });
		expect(clearanceOf(lane, [left, far], thresholds)).toMatchObject({ widthM: 4.2, level: "clear" });
	});

	test("is not narrowed by what stands beside it", () => {
		const beside = standing(lane, 6.1, 10, 8, 14);
		expect(clearanceOf(lane, [beside], thresholds).widthM).toBe(6);
		const behind = standing(lane, 0, 30.5, 6, 33);
		expect(clearanceOf(lane, [behind], thresholds).widthM).toBe(6);
	});

	test("that is barred has no width left", () => {
		expect(clearanceOf(lane, [standing(lane, -1, 10, 7, 10.2)], thresholds)).toEqual({
			share: 0,
			widthM: 0,
			level: "blocked",
		});
	});

	test("that is itself narrower than 4 m is told by the same thresholds", () => {
		expect(clearanceOf(laneOf(4, 20), [], thresholds).level).toBe("clear");
		expect(clearanceOf(laneOf(3.99, 20), [], thresholds)).toMatchObject({ share: 1, level: "narrowed" });
		expect(clearanceOf(laneOf(2.9, 20), [], thresholds)).toMatchObject({ share: 1, level: "blocked" });
	});

	test("gives the same by four known points", () => {
		const m = [[10, 10], [10, 16], [-20, 16], [-20, 10]] as const; // prettier-ignore
		const points = seen.map((at, i) => ({ at, m: m[i]! }));
		const known: Zone = { ...lane, calibration: { points } as unknown as Calibration };
		const car = standing(lane, 1, 10, 2.8, 14.5);
		expect(clearanceOf(known, [car], thresholds).widthM).toBeCloseTo(3.2, 2);
		expect(clearanceOf(known, [], thresholds)).toMatchObject({ widthM: 6, level: "clear" });
	});
});

test("a zone of another kind has a width, but no level", () => {
	const passage = laneOf(2, 12, "evacuation_passage");
	expect(clearanceOf(passage, [], thresholds)).toEqual({ share: 1, widthM: 2, level: null });
});

describe("an aerial site", () => {
	const site = laneOf(12, 24, "aerial_site");

	test("needs 15 by 10 m free", () => {
		expect(clearanceOf(site, [], thresholds)).toMatchObject({ share: 1, widthM: 12, level: "clear" });
		const atItsEnd = [standing(site, 0, 15.1, 12, 24)];
		expect(clearanceOf(site, atItsEnd, thresholds)).toMatchObject({ level: "clear", widthM: 10 });
		expect(freeRectangleOf(site, atItsEnd, aerialSiteOfTallBuilding)).toMatchObject({ lengthM: 15, widthM: 12 });
	});

	test("is narrowed where a ladder truck can still stand, blocked where not", () => {
		const alongside = [standing(site, 0, 0, 3.9, 24)];
		expect(clearanceOf(site, alongside, thresholds)).toMatchObject({ level: "narrowed", widthM: 8 });
		const inTheMiddle = [standing(site, 5, 6.6, 7, 17.4)];
		expect(clearanceOf(site, inTheMiddle, thresholds)).toMatchObject({ level: "blocked", widthM: 6.5 });
	});

	test("of exactly the size that is asked for is clear", () => {
		expect(clearanceOf(laneOf(10, 15, "aerial_site"), [], thresholds).level).toBe("clear");
		expect(clearanceOf(laneOf(15, 10, "aerial_site"), [], thresholds).level).toBe("clear");
		expect(clearanceOf(laneOf(9.9, 15, "aerial_site"), [], thresholds).level).toBe("narrowed");
	});
});

describe("without calibration", () => {
	const strip: Zone = { id: "z", kind: "fire_lane", polygon: [[0.4, 1], [0.6, 1], [0.6, 0.2], [0.4, 0.2]] }; // prettier-ignore

	test("the share of the width is told, never metres", () => {
		const half: Polygon = [[0.4, 0.5], [0.5, 0.5], [0.5, 0.6], [0.4, 0.6]]; // prettier-ignore
		const { share, widthM, level } = clearanceOf(strip, [half], thresholds);
		expect(share).toBeCloseTo(0.5, 6);
		expect([widthM, level]).toEqual([null, null]);
		expect(clearanceOf(strip, [], thresholds).share).toBe(1);
	});

	test("a zone with no direction tells the share of its area", () => {
		const square: Zone = { ...strip, polygon: [[0.2, 0.2], [0.6, 0.2], [0.6, 0.6], [0.2, 0.6]] }; // prettier-ignore
		const quarter: Polygon = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.4]]; // prettier-ignore
		expect(clearanceOf(square, [quarter], thresholds).share).toBeCloseTo(0.75, 6);
	});

	test("a calibration that cannot hold counts as none", () => {
		const wrong: Zone = { ...strip, calibration: { widthM: -1, lengthM: 20 } };
		expect(clearanceOf(wrong, [], thresholds)).toEqual({ share: 1, widthM: null, level: null });
	});
});

describe("a calibration is refused", () => {
	const size = { widthM: 4, lengthM: 20 };
	const points = (at: readonly Point[], m: readonly Point[]) =>
		({ points: at.map((point, i) => ({ at: point, m: m[i]! })) }) as unknown as Calibration;
	const metres = [[0, 0], [4, 0], [4, 20], [0, 20]] as const; // prettier-ignore

	test.each<[string, Polygon, Calibration]>([
		["not_a_quadrilateral", seen.slice(0, 3), size],
		["not_a_quadrilateral", [...seen, [0.1, 0.5]], size],
		["not_convex", [seen[0], seen[2], seen[1], seen[3]], size],
		["not_convex", [seen[0], seen[1], [0.3, 0.8], seen[3]], size],
		["points_in_line", [[0.1, 0.5], [0.5, 0.5], [0.9, 0.5], [0.5, 0.6]], size], // prettier-ignore
		["size_out_of_range", seen, { widthM: 0, lengthM: 20 }],
		["size_out_of_range", seen, { widthM: 4, lengthM: Number.NaN }],
		["size_out_of_range", seen, { widthM: 4, lengthM: 5000 }],
		["size_out_of_range", seen, points(seen, [[0, 0], [4, 0], [4, Infinity], [0, 20]])], // prettier-ignore
		["size_out_of_range", seen, points(seen, [[0, 0], [4e4, 0], [4e4, 2e5], [0, 2e5]])], // prettier-ignore
		["points_in_line", seen, points(seen, [[0, 0], [4, 0], [8, 0], [0, 20]])], // prettier-ignore
		["points_do_not_fit", seen, points(seen, [[0, 0], [4, 20], [4, 0], [0, 20]])], // prettier-ignore
		["zone_beyond_horizon", [[0.1, 0.9], [0.9, 0.9], [0.5, 0]], points(seen, metres)], // prettier-ignore
	])("%s", (problem, polygon, calibration) => {
		expect(checkCalibration(polygon, calibration)).toBe(problem);
	});

	test("unless it can hold", () => {
		expect(checkCalibration(seen, size)).toBeNull();
		expect(checkCalibration(seen.toReversed(), size)).toBeNull();
		expect(checkCalibration([[0.3, 0.9], [0.7, 0.9], [0.5, 0.4]], points(seen, metres))).toBeNull(); // prettier-ignore
	});
});

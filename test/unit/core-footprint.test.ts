import { describe, expect, test } from "vitest";
import { carWidthPx } from "#core/clearance/car-width.ts";
import { clearanceOf } from "#core/clearance/clearance.ts";
import { footprintOf } from "#core/clearance/footprint.ts";
import type { Polygon } from "#core/geometry/shapes.ts";
import type { Zone } from "#core/scene.ts";
import { boxOfSolid, pinhole } from "../support/pinhole.ts";

const thresholds = { clearWidthM: 4, blockedWidthM: 3 };
const car = { widthM: 1.8, lengthM: 4.5, heightM: 1.5 };

/** A lane of 6 by 24 m, from 8 to 32 m in front of a camera at 5 m, shifted sideways by `x`. */
function laneSeenBy(camera: ReturnType<typeof pinhole>, x: number): Zone {
	const polygon = [camera([x - 3, 8, 0]), camera([x + 3, 8, 0]), camera([x + 3, 32, 0]), camera([x - 3, 32, 0])];
	return { id: "lane", kind: "fire_lane", polygon, calibration: { widthM: 6, lengthM: 24 } };
}

describe("clear width beside a car, told from its box alone", () => {
	const camera = pinhole(5, 15, 70);

	test.each([
		["in front of the camera", 0, 15],
		["far away", 0, 26],
		["at the side of the picture", 4, 18],
		["at the other side", -5, 20],
	])("%s is right to a third of a metre", (_, x, y) => {
		const lane = laneSeenBy(camera, x);
		const atTheLeftEdge = boxOfSolid(camera, [x - 3 + 0.9, y], car);
		const { widthM } = clearanceOf(lane, [footprintOf(lane, atTheLeftEdge, "car")], thresholds);
		expect(widthM).toBeGreaterThan(4.2 - 0.35);
		expect(widthM).toBeLessThan(4.2 + 0.35);
	});

	test("a car across the lane leaves nothing to pass", () => {
		const lane = laneSeenBy(camera, 0);
		const across = boxOfSolid(camera, [0, 18], car, Math.PI / 2);
		expect(clearanceOf(lane, [footprintOf(lane, across, "car")], thresholds)).toMatchObject({ level: "blocked" });
	});
});

describe("the lower half of the box is taken", () => {
	const camera = pinhole(5, 15, 70);
	const lane = laneSeenBy(camera, 0);
	const box = { x1: 0.4, y1: 0.4, x2: 0.6, y2: 0.6 };
	const lowerHalf: Polygon = [[0.4, 0.5], [0.6, 0.5], [0.6, 0.6], [0.4, 0.6]]; // prettier-ignore

	test.each<[string, Zone, typeof box, string, Polygon]>([
		["without calibration", { ...lane, calibration: undefined }, box, "car", lowerHalf],
		["for a thing of no usual size", lane, box, "carton", lowerHalf],
		["for a box far too wide for its label", lane, { ...box, x1: 0.1, x2: 0.9 }, "car", [[0.1, 0.5], [0.9, 0.5], [0.9, 0.6], [0.1, 0.6]]], // prettier-ignore
		["for a box at the picture's rim", lane, { ...box, y1: 0.8, y2: 1 }, "car", [[0.4, 0.9], [0.6, 0.9], [0.6, 1], [0.4, 1]]], // prettier-ignore
		["for a box beyond the horizon", lane, { ...box, y1: 0.1, y2: 0.12 }, "car", [[0.4, 0.11], [0.6, 0.11], [0.6, 0.12], [0.4, 0.12]]], // prettier-ignore
	])("%s", (_, zone, seen, label, expected) => {
		footprintOf(zone, seen, label).forEach(([x, y], i) => {
			expect(x).toBeCloseTo(expected[i]![0], 9);
			expect(y).toBeCloseTo(expected[i]![1], 9);
		});
	});
});

describe("how wide a car would be", () => {
	test("is projected where the zone is calibrated", () => {
		const camera = pinhole(5, 15, 70);
		const lane = laneSeenBy(camera, 0);
		const far = boxOfSolid(camera, [0, 8 + 0.9 * 24], { ...car, heightM: 0 });
		expect(carWidthPx(lane, { width: 640, height: 360 })).toBeCloseTo((far.x2 - far.x1) * 640, -0.3);
		expect(carWidthPx(lane, { width: 1920, height: 1080 })).toBeCloseTo((far.x2 - far.x1) * 1920, -0.3);
	});

	test("is guessed from a fire lane's narrowest place where not", () => {
		const strip: Zone = { id: "z", kind: "fire_lane", polygon: [[0.4, 1], [0.5, 1], [0.5, 0.2], [0.4, 0.2]] }; // prettier-ignore
		expect(carWidthPx(strip, { width: 640, height: 360 })).toBe(29);
		expect(carWidthPx({ ...strip, kind: "aerial_site" }, { width: 640, height: 360 })).toBeNull();
	});

	test("is not said of a lane across the view that nobody measured", () => {
		const across: Zone = { id: "z", kind: "fire_lane", polygon: [[0, 0.4], [1, 0.4], [1, 0.5], [0, 0.5]] }; // prettier-ignore
		expect(carWidthPx(across, { width: 640, height: 360 })).toBeNull();
	});
});

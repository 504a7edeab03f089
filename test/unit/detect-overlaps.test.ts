import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Detection } from "#core/detection.ts";
import { intersectionOverUnion } from "#core/geometry/box.ts";
import { suppressOverlaps } from "../../edge/detect/suppress-overlaps.ts";

const box = { x1: 0.1, y1: 0.1, x2: 0.5, y2: 0.4 };
const shifted = { x1: 0.12, y1: 0.1, x2: 0.52, y2: 0.4 };
const elsewhere = { x1: 0.6, y1: 0.6, x2: 0.9, y2: 0.9 };

describe("overlapping boxes", () => {
	test("a truck that is also called a car is one vehicle, by its more confident name", () => {
		const found = suppressOverlaps(
			[
				{ label: "car", confidence: 0.4, box: shifted },
				{ label: "truck", confidence: 0.7, box },
			],
			0.5,
		);
		expect(found.map((each) => each.label)).toEqual(["truck"]);
	});

	test("a person in front of a car stays", () => {
		const found = suppressOverlaps(
			[
				{ label: "car", confidence: 0.9, box },
				{ label: "person", confidence: 0.5, box: shifted },
			],
			0.5,
		);
		expect(found.map((each) => each.label)).toEqual(["car", "person"]);
	});

	test("vehicles that do not overlap stay", () => {
		const detections = [box, elsewhere].map((each) => ({ label: "car", confidence: 0.5, box: each }));
		expect(suppressOverlaps(detections, 0.5)).toHaveLength(2);
	});

	test("what is left does not overlap, the best is left, and order does not matter", () => {
		const number = fc.double({ min: 0, max: 0.5, noNaN: true });
		const detection = fc
			.tuple(fc.constantFrom("car", "truck", "person"), fc.double({ min: 0.01, max: 1, noNaN: true }), number, number)
			.map(([label, confidence, x, y]): Detection => {
				return { label, confidence, box: { x1: x, y1: y, x2: x + 0.3, y2: y + 0.2 } };
			});
		const different = fc.uniqueArray(detection, { maxLength: 12, selector: (each) => each.confidence });
		fc.assert(
			fc.property(different, (detections) => {
				const kept = suppressOverlaps(detections, 0.5);
				expect(suppressOverlaps([...detections].reverse(), 0.5)).toEqual(kept);
				expect(suppressOverlaps(kept, 0.5)).toEqual(kept);
				const best = [...detections].sort((a, b) => b.confidence - a.confidence)[0];
				expect(kept[0]).toEqual(best);
			}),
		);
	});

	test("intersection over union", () => {
		expect(intersectionOverUnion(box, box)).toBeCloseTo(1, 9);
		expect(intersectionOverUnion(box, elsewhere)).toBe(0);
		expect(intersectionOverUnion({ x1: 0, y1: 0, x2: 0.2, y2: 0.1 }, { x1: 0.1, y1: 0, x2: 0.3, y2: 0.1 })).toBeCloseTo(
			1 / 3,
			9,
		);
	});
});

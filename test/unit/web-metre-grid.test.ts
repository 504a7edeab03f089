import { describe, expect, test } from "vitest";
import type { Polygon } from "#core/geometry/shapes.ts";
import { metreGridOf } from "../../src/web/pages/zones/metre-grid.ts";

const seen: Polygon = [[0.1, 0.9], [0.9, 0.9], [0.6, 0.3], [0.4, 0.3]]; // prettier-ignore

describe("the net of metres", () => {
	test("has a line at every metre between a zone's sides, and each fifth is a strong one", () => {
		const net = metreGridOf({ polygon: seen, calibration: { widthM: 4, lengthM: 12 } });
		expect(net?.stepM).toBe(1);
		expect(net?.lines).toHaveLength(11 + 3);
		expect(net?.lines.filter(({ strong }) => strong)).toHaveLength(2);
		const middle = net?.lines.at(-2);
		expect(middle?.from[0]).toBeCloseTo(0.5, 6);
		expect(middle?.to[0]).toBeCloseTo(0.5, 6);
	});

	test("is wider where metres would hide the picture", () => {
		expect(metreGridOf({ polygon: seen, calibration: { widthM: 4, lengthM: 90 } })?.stepM).toBe(5);
	});

	test("stays inside a zone of any shape that is known by four points", () => {
		const metres = [[0, 0], [4, 0], [4, 12], [0, 12]] as const; // prettier-ignore
		const points = seen.map((at, i) => ({ at, m: metres[i]! }));
		const triangle: Polygon = [[0.2, 0.8], [0.8, 0.8], [0.5, 0.4]]; // prettier-ignore
		const net = metreGridOf({ polygon: triangle, calibration: { points: points as never } });
		expect(net?.lines.length).toBeGreaterThan(5);
		for (const [x, y] of net?.lines.flatMap(({ from, to }) => [from, to]) ?? []) {
			expect(x).toBeGreaterThan(0.2 - 1e-6);
			expect(x).toBeLessThan(0.8 + 1e-6);
			expect(y).toBeGreaterThan(0.4 - 1e-6);
			expect(y).toBeLessThan(0.8 + 1e-6);
		}
	});

	test("is not drawn without a size, nor for one that cannot be", () => {
		expect(metreGridOf({ polygon: seen })).toBeNull();
		expect(metreGridOf({ polygon: seen.slice(1), calibration: { widthM: 4, lengthM: 12 } })).toBeNull();
	});
});

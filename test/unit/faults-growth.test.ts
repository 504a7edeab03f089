import fc from "fast-check";
import { expect, test } from "vitest";
import { growthAnHour } from "../faults/sizes.ts";

const hourMs = 3_600_000;

test("what grows steadily grows by as much an hour, whenever it is looked at", () => {
	const times = fc.uniqueArray(fc.integer({ min: 0, max: 6 * hourMs }), { minLength: 2, maxLength: 50 });
	fc.assert(
		fc.property(times, fc.integer({ min: -100, max: 100 }), (at, anHour) => {
			const points = at.map((each) => ({ at: each, value: 300 + (anHour * each) / hourMs }));
			expect(growthAnHour(points)).toBeCloseTo(anHour, 3);
		}),
	);
});

test("nothing is known of one look", () => {
	expect(growthAnHour([{ at: 1, value: 5 }])).toBe(0);
	expect(growthAnHour([])).toBe(0);
});

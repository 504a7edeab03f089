import fc from "fast-check";
import { expect, test } from "vitest";
import { masksWithin, photoMasks } from "#core/evidence/photo-masks.ts";
import type { Box } from "#core/geometry/shapes.ts";

const wide = 16 / 9;
const standing: Box = { x1: 0.4, y1: 0.2, x2: 0.45, y2: 0.5 };
const plate: Box = { x1: 0.7, y1: 0.6, x2: 0.8, y2: 0.65 };

test("of a standing person the head with some margin; of one that bends or is cut the upper half", () => {
	const [head] = photoMasks([standing], [], wide);
	expect(head?.kind).toBe("face");
	expect([head!.box.x1 < 0.4, head!.box.y1 < 0.2, head!.box.y2 > 0.28, head!.box.y2 < 0.31]).not.toContain(false);
	const [upper] = photoMasks([{ ...standing, x2: 0.55 }], [], wide);
	expect(upper!.box.y2).toBeGreaterThan(0.35);
});

test("plates with a margin; two boxes of one thing are one", () => {
	const twice = [plate, { ...plate, x2: 0.802 }];
	expect(photoMasks([], twice, wide)).toEqual([
		{
			kind: "plate",
			box: {
				x1: expect.closeTo(0.68) as number,
				y1: expect.closeTo(0.59) as number,
				x2: expect.closeTo(0.82) as number,
				y2: expect.closeTo(0.66) as number,
			},
		},
	]);
	expect(photoMasks([], [], wide)).toEqual([]);
});

test("of a part of the photo: moved, cut at its edges, and none that lies outside", () => {
	const masks = photoMasks([standing], [plate], wide);
	const within = masksWithin(masks, { x1: 0.6, y1: 0.5, x2: 0.8, y2: 0.7 });
	expect(within).toHaveLength(1);
	expect(within[0]).toMatchObject({ kind: "plate", box: { x1: expect.closeTo(0.4) as number, x2: 1 } });
});

test("whatever the boxes, masks lie in the photo, have an area, and are no more than a message holds", () => {
	const side = fc.double({ min: -0.2, max: 1.2, noNaN: true });
	const boxes = fc.array(
		fc.tuple(side, side, side, side).map(([a, b, c, d]) => ({
			...{ x1: Math.min(a, b), x2: Math.max(a, b), y1: Math.min(c, d), y2: Math.max(c, d) },
		})),
		{ maxLength: 50 },
	);
	fc.assert(
		fc.property(boxes, boxes, (persons, plates) => {
			const masks = photoMasks(persons, plates, wide);
			expect(masks.length).toBeLessThanOrEqual(64);
			for (const { box } of masks) {
				expect([box.x1 < box.x2, box.y1 < box.y2, Math.min(box.x1, box.y1) >= 0]).not.toContain(false);
				expect(Math.max(box.x2, box.y2)).toBeLessThanOrEqual(1);
			}
		}),
	);
});

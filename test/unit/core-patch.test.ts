import fc from "fast-check";
import { expect, test } from "vitest";
import { patchAt, similarity } from "#core/picture/patch.ts";
import { carBox, greyPictureOf, type SyntheticThing } from "../support/synthetic-camera.ts";

const car = (seed: number): SyntheticThing => ({ label: "car", seed, boxAt: () => carBox(0.42) });
const place = carBox(0.42);

test("a place looks like itself whatever the light, and unlike itself with another thing on it", () => {
	const picture = greyPictureOf([car(1)], 0);
	const dimmed = { ...picture, luma: picture.luma.map((value) => 20 + value * 0.4) };
	expect(similarity(patchAt(picture, place), patchAt(dimmed, place))).toBeGreaterThan(0.98);
	expect(similarity(patchAt(picture, place), patchAt(greyPictureOf([car(2)], 0), place))).toBeLessThan(0.4);
	expect(similarity(patchAt(picture, place), patchAt(greyPictureOf([], 0), place))).toBeLessThan(0.4);
});

test("a place without contrast tells nothing", () => {
	const night = { width: 160, height: 90, luma: new Uint8Array(160 * 90).fill(9) };
	expect(similarity(patchAt(night, place), patchAt(night, place))).toBeNull();
});

test("any box of any picture has a patch, be it smaller than a pixel or at the very edge", () => {
	const side = fc.integer({ min: 1, max: 40 });
	const unit = fc.double({ min: 0, max: 1, noNaN: true });
	fc.assert(
		fc.property(side, side, unit, unit, unit, unit, (width, height, a, b, c, d) => {
			const luma = new Uint8Array(width * height).fill(7);
			const box = { x1: Math.min(a, b), x2: Math.max(a, b), y1: Math.min(c, d), y2: Math.max(c, d) };
			const { cells } = patchAt({ width, height, luma }, box);
			expect(cells.every((cell) => cell === 7)).toBe(true);
		}),
	);
});

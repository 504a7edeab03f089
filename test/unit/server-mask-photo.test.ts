import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { maskPhoto } from "../../src/server/privacy/mask-photo.ts";

const [width, height] = [160, 90];
type Box = [number, number, number, number];

/** Grey, with a red place that nobody may see. */
async function photoWith([x1, y1, x2, y2]: Box, more: { below?: number } = {}): Promise<Buffer> {
	const left = Math.round(x1 * width);
	const top = Math.round(y1 * height);
	const size = {
		width: Math.max(1, Math.round(x2 * width) - left),
		height: Math.max(1, Math.round(y2 * height) - top),
	};
	const red = await sharp({ create: { ...size, channels: 3, background: "#f00" } })
		.png()
		.toBuffer();
	const whole = { width, height: height + (more.below ?? 0), channels: 3 as const, background: "#999" };
	return sharp({ create: whole })
		.composite([{ input: red, left, top }])
		.withExif({ IFD0: { Copyright: "somebody" } })
		.jpeg({ quality: 95 })
		.toBuffer();
}

async function rednessOf(bytes: Buffer): Promise<number> {
	const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
	let most = 0;
	for (let at = 0; at < data.length; at += 3) most = Math.max(most, (data[at] ?? 0) - (data[at + 1] ?? 0));
	return most;
}

describe("a masked copy", () => {
	it("has nothing left of what was masked, wherever that was", async () => {
		const edge = fc.double({ min: 0, max: 0.85, noNaN: true });
		const size = fc.double({ min: 0.03, max: 0.15, noNaN: true });
		await fc.assert(
			fc.asyncProperty(edge, edge, size, size, async (x, y, wide, high) => {
				const box: Box = [x, y, x + wide, y + high];
				const photo = await photoWith(box);
				expect(await rednessOf(photo)).toBeGreaterThan(100);
				const copy = await maskPhoto(photo, [{ kind: "face", box }]);
				expect(await rednessOf(copy?.bytes ?? Buffer.alloc(0))).toBeLessThan(12);
			}),
			{ numRuns: 40 },
		);
	});

	it("leaves all else as it was, and takes away what was written beside the picture", async () => {
		const photo = await photoWith([0.1, 0.1, 0.2, 0.2]);
		const copy = await maskPhoto(photo, [{ kind: "plate", box: [0.7, 0.7, 0.8, 0.8] }]);
		expect(await rednessOf(copy?.bytes ?? Buffer.alloc(0))).toBeGreaterThan(100);
		expect((await sharp(photo).metadata()).exif).toBeDefined();
		expect((await sharp(copy?.bytes).metadata()).exif).toBeUndefined();
		expect(copy?.filled).toEqual([{ left: 96, top: 46, width: 48, height: 42 }]);
	});

	it("of a copy with words below has its masks where the photo is", async () => {
		const box: Box = [0.4, 0.6, 0.5, 0.9];
		const photo = await photoWith(box, { below: 90 });
		const copy = await maskPhoto(photo, [{ kind: "face", box }], 0.5);
		expect(await rednessOf(copy?.bytes ?? Buffer.alloc(0))).toBeLessThan(12);
	});

	it("is not made of what is no picture, or a broken one", async () => {
		const photo = await photoWith([0.1, 0.1, 0.2, 0.2]);
		for (const bytes of [Buffer.from("no"), photo.subarray(0, photo.length / 2)])
			expect(await maskPhoto(bytes, [])).toBeNull();
	});
});

import { expect, test } from "vitest";
import { greyOf } from "../../edge/video/grey-of.ts";

function frameOf(width: number, height: number, pixel: (x: number, y: number) => readonly [number, number, number]) {
	const rgb = new Uint8Array(width * height * 3);
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set(pixel(x, y), (y * width + x) * 3);
	return { capturedAt: 0, width, height, rgb };
}

test("colours weigh as the eye weighs them", () => {
	const bars = frameOf(
		5,
		1,
		(x) =>
			(
				[
					[255, 0, 0],
					[0, 255, 0],
					[0, 0, 255],
					[255, 255, 255],
					[0, 0, 0],
				] as const
			)[x]!,
	);
	expect([...greyOf(bars).luma]).toEqual([77, 149, 29, 255, 0]);
});

test("a large frame is averaged down and keeps its shape, a small one its size", () => {
	const chequered = frameOf(8, 4, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
	expect(greyOf(chequered, 4)).toEqual({ width: 4, height: 2, luma: new Uint8Array(8).fill(128) });
	expect(greyOf(chequered)).toMatchObject({ width: 8, height: 4 });
});

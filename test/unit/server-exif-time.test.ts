import fc from "fast-check";
import sharp, { type Exif } from "sharp";
import { describe, expect, it } from "vitest";
import { exifTime } from "../../src/server/markings/exif-time.ts";

/** An EXIF block as a real encoder writes it. */
async function blockOf(exif: Exif): Promise<Buffer> {
	const blank = { width: 8, height: 8, channels: 3, background: "#888888" } as const;
	const jpeg = await sharp({ create: blank }).withExif(exif).jpeg().toBuffer();
	return (await sharp(jpeg).metadata()).exif ?? Buffer.alloc(0);
}
const taken = "2026:11:26 09:15:07";
const wall = Date.UTC(2026, 10, 26, 9, 15, 7);

describe("the time in a picture's EXIF block", () => {
	it("is that of its taking, with the camera's offset where it says one", async () => {
		expect(exifTime(await blockOf({ IFD2: { DateTimeOriginal: taken } }))).toEqual({ wall, offsetMs: null });
		const block = await blockOf({ IFD2: { DateTimeOriginal: taken, OffsetTimeOriginal: "+08:00" } });
		expect(exifTime(block)).toEqual({ wall, offsetMs: 8 * 3_600_000 });
	});

	it("is that of the file where nothing better is told, and none where none is", async () => {
		expect(exifTime(await blockOf({ IFD0: { DateTime: taken } }))?.wall).toBe(wall);
		expect(exifTime(await blockOf({ IFD0: { Copyright: "nobody" } }))).toBeNull();
		expect(exifTime(await blockOf({ IFD2: { DateTimeOriginal: "2026:13:40 09:15:07" } }))).toBeNull();
		expect(exifTime(Buffer.alloc(0))).toBeNull();
	});

	it("cannot be made to read past the block's end, whatever stands in it", async () => {
		const block = await blockOf({ IFD2: { DateTimeOriginal: taken } });
		const changes = fc.array(fc.tuple(fc.nat(block.length - 1), fc.nat(255)), { maxLength: 20 });
		fc.assert(
			fc.property(changes, fc.nat(block.length), (bytes, length) => {
				const changed = Buffer.from(block.subarray(0, length));
				for (const [at, value] of bytes) if (at < length) changed[at] = value;
				expect(() => exifTime(changed)).not.toThrow();
			}),
		);
	});
});

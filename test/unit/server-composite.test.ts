import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { writeComposite } from "../../src/server/documents/write-composite.ts";
import { evidenceOfKind, facts } from "../support/transfer-facts.ts";

const photoOf = async (kind: Parameters<typeof evidenceOfKind>[0], background: string, width = 1920) => ({
	id: evidenceOfKind(kind).id,
	bytes: await sharp({ create: { width, height: 1080, channels: 3, background } })
		.jpeg()
		.toBuffer(),
});
/** The mean of the middle of one of the four places, by channel. */
async function middleOf(picture: Buffer, column: number, row: number): Promise<number[]> {
	const part = { left: 8 + column * 968 + 430, top: 72 + row * 596 + 220, width: 100, height: 100 };
	const { channels } = await sharp(await sharp(picture).extract(part).png().toBuffer()).stats();
	return channels.map(({ mean }) => Math.round(mean));
}

describe("the composite picture", () => {
	test("shows the photos in their order, and says where there is none", async () => {
		const photos = [
			await photoOf("panorama_confirmed", "#00ff00"),
			await photoOf("panorama_entry", "#ff0000"),
			await photoOf("plate", "#0000ff", 1000),
		];
		const picture = await writeComposite(facts, photos);
		const { format, width, height } = await sharp(picture).metadata();
		expect({ format, width, height }).toEqual({ format: "jpeg", width: 1944, height: 1272 });
		expect((await middleOf(picture, 0, 0))[0]).toBeGreaterThan(250);
		expect((await middleOf(picture, 1, 0))[1]).toBeGreaterThan(250);
		expect((await middleOf(picture, 0, 1))[2]).toBeGreaterThan(250);
		const [without = 0] = await middleOf(picture, 1, 1);
		expect(without).toBeLessThan(120);
		expect(await writeComposite(facts, photos)).toEqual(picture);
	});

	test("is made of what is there: a broken photo is said to be one, a long name is written smaller", async () => {
		const { id } = evidenceOfKind("panorama_entry");
		const long = { ...facts, site: { ...facts.site, name: "阳光花园<b>&".repeat(40) } };
		const picture = await writeComposite(long, [{ id, bytes: Buffer.from("no picture") }]);
		expect((await sharp(picture).metadata()).width).toBe(1944);
	});
});

import { expect, it } from "vitest";
import { durationMsOf, inCodec, muLawSilence, sampleOfALaw, sampleOfMuLaw } from "#core/sound/g711.ts";

const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

it("knows the recommendation's loudest and quietest values", () => {
	expect([0x80, 0x00, 0xff, 0x7f, 0xfe].map(sampleOfMuLaw)).toEqual([32124, -32124, 0, -0, 8]);
	expect([0xaa, 0x2a, 0xd5, 0x55].map(sampleOfALaw)).toEqual([32256, -32256, 8, -8]);
});

it("turns µ-law into the A-law that sounds most alike", () => {
	const everyALaw = [...bytes].map(sampleOfALaw);
	for (const byte of bytes) {
		const wanted = sampleOfMuLaw(byte);
		const [turned = 0] = inCodec(Uint8Array.of(byte), "PCMA");
		const nearest = Math.min(...everyALaw.map((sample) => Math.abs(sample - wanted)));
		expect(Math.abs(sampleOfALaw(turned) - wanted)).toBeLessThanOrEqual(nearest + 8);
	}
	expect(inCodec(Uint8Array.of(muLawSilence), "PCMA")).toEqual(Uint8Array.of(0xd5));
});

it("leaves µ-law as it is, and knows how long it sounds", () => {
	expect(inCodec(bytes, "PCMU")).toBe(bytes);
	expect(durationMsOf(new Uint8Array(4_000))).toBe(500);
});

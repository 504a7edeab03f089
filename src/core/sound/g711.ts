/** Sound as telephones and cameras send it (ITU-T G.711): one byte a sample. */
export const g711Codecs = ["PCMU", "PCMA"] as const;
export type G711Codec = (typeof g711Codecs)[number];

export const samplesPerSecond = 8_000;
/** Silence in µ-law. */
export const muLawSilence = 0xff;

export const durationMsOf = (sound: { readonly length: number }): number =>
	Math.round((sound.length / samplesPerSecond) * 1000);

const muLawBias = 0x84;

/** -32124 … 32124 */
export function sampleOfMuLaw(byte: number): number {
	const turned = ~byte & 0xff;
	const size = ((((turned & 0x0f) << 3) + muLawBias) << ((turned & 0x70) >> 4)) - muLawBias;
	return turned & 0x80 ? -size : size;
}

/** -32256 … 32256 */
export function sampleOfALaw(byte: number): number {
	const turned = byte ^ 0x55;
	const segment = (turned & 0x70) >> 4;
	const step = (turned & 0x0f) << 4;
	const size = segment === 0 ? step + 8 : (step + 0x108) << (segment - 1);
	return turned & 0x80 ? size : -size;
}

function aLawOfSample(sample: number): number {
	const mask = sample >= 0 ? 0xd5 : 0x55;
	const size = (sample >= 0 ? sample : -sample - 1) >> 3; // 13 bits, as the recommendation counts
	const segment = Math.min(7, Math.max(0, 27 - Math.clz32(size)));
	return ((segment << 4) | ((size >> Math.max(1, segment)) & 0x0f)) ^ mask;
}

const aLawOfMuLaw = Uint8Array.from({ length: 256 }, (_, byte) => aLawOfSample(sampleOfMuLaw(byte)));

/** Sound in µ-law, in what a camera takes. */
export const inCodec = (muLaw: Uint8Array, codec: G711Codec): Uint8Array =>
	codec === "PCMU" ? muLaw : muLaw.map((byte) => aLawOfMuLaw[byte] ?? 0xd5);

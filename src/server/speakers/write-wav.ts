import { sampleOfMuLaw, samplesPerSecond } from "#core/sound/g711.ts";

/** µ-law as a WAV of 16 bits, which every browser plays. */
export function writeWav(muLaw: Uint8Array): Buffer {
	const wav = Buffer.alloc(44 + 2 * muLaw.length);
	wav.write("RIFF", 0, "latin1");
	wav.writeUInt32LE(wav.length - 8, 4);
	wav.write("WAVEfmt ", 8, "latin1");
	wav.writeUInt32LE(16, 16);
	wav.writeUInt16LE(1, 20); // PCM
	wav.writeUInt16LE(1, 22); // one channel
	wav.writeUInt32LE(samplesPerSecond, 24);
	wav.writeUInt32LE(2 * samplesPerSecond, 28);
	wav.writeUInt16LE(2, 32);
	wav.writeUInt16LE(16, 34);
	wav.write("data", 36, "latin1");
	wav.writeUInt32LE(2 * muLaw.length, 40);
	for (const [at, byte] of muLaw.entries()) wav.writeInt16LE(sampleOfMuLaw(byte), 44 + 2 * at);
	return wav;
}

import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleOfALaw, sampleOfMuLaw, type G711Codec } from "#core/sound/g711.ts";
import type { HeardPacket } from "../../src/simulator/loudspeaker.ts";
import { runFfmpeg } from "./test-clips.ts";

const folder = mkdtempSync(join(tmpdir(), "keepclear-sounds-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** A tone that rises, so that no part of it sounds like another; a file of what its name ends in. */
export async function risingTone(seconds: number, name = "tone.wav", more: readonly string[] = []): Promise<string> {
	const file = join(folder, name);
	const tone = `aevalsrc=0.5*sin(2*PI*(300*t+400*t*t)):sample_rate=44100:duration=${seconds}`;
	await runFfmpeg(["-y", "-nostdin", "-v", "error", "-f", "lavfi", "-i", tone, ...more, file]);
	return file;
}

/** The same as it goes to cameras: G.711 µ-law, 8 kHz. */
export async function risingMuLaw(seconds: number): Promise<Buffer> {
	return readFile(await risingTone(seconds, "tone.mulaw", ["-ar", "8000", "-ac", "1", "-f", "mulaw"]));
}

/** What was heard, without the heads of RTP. */
export const soundOf = (heard: readonly HeardPacket[]): Buffer =>
	Buffer.concat(heard.map(({ packet }) => packet.subarray(12)));

/** 1: the same sound, however loud; 0: nothing in common. `codec`: that of `heard`; `sent` is µ-law. */
export function likeness(sent: Uint8Array, heard: Uint8Array, codec: G711Codec): number {
	const a = [...sent].map(sampleOfMuLaw);
	const b = [...heard.subarray(0, sent.length)].map(codec === "PCMU" ? sampleOfMuLaw : sampleOfALaw);
	const sum = (x: readonly number[], y: readonly number[]) => x.reduce((all, value, i) => all + value * (y[i] ?? 0), 0);
	return sum(a, b) / Math.sqrt(sum(a, a) * sum(b, b));
}

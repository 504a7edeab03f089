import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { maxSoundMs } from "#contract/edge-jobs.ts";
import { sampleOfMuLaw, samplesPerSecond } from "#core/sound/g711.ts";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { runFfmpeg } from "#platform/run-ffmpeg.ts";
import { ApiError } from "../http/api-error.ts";

const mostBytes = (maxSoundMs * samplesPerSecond) / 1000;
/** Of 32124: a room in which nobody speaks. */
const quietest = 600;

/**
 * What is kept of a recording that somebody sends: decoded whole by the confined ffmpeg, as G.711 µ-law at 8 kHz, so that
 * nothing else travels in it.
 *
 * @throws ApiError 415 where it is no sound; 422 where it cannot be decoded, is too long, or nothing is heard
 */
export async function readSound(bytes: Buffer): Promise<Buffer> {
	const format = formatOf(bytes);
	if (!format) {
		throw new ApiError(415, "unsupported_media_type", "A recording must be WAV, MP3, M4A, Ogg, FLAC or AMR.");
	}
	const muLaw = await decode(bytes, format);
	if (muLaw.length > mostBytes) {
		throw new ApiError(422, "too_long", `A recording may have ${maxSoundMs / 1000} seconds.`);
	}
	if (!muLaw.some((byte) => Math.abs(sampleOfMuLaw(byte)) > quietest)) {
		throw new ApiError(422, "silent", "Nothing is heard in this recording.");
	}
	return muLaw;
}

/** By its first bytes, in ffmpeg's word: what looks like anything else, a list of addresses say, is not tried. */
function formatOf(bytes: Buffer): string | null {
	const text = (from: number, to: number) => bytes.toString("latin1", from, to);
	if (text(0, 4) === "RIFF" && text(8, 12) === "WAVE") return "wav";
	if (text(0, 3) === "ID3" || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return "mp3";
	if (text(4, 8) === "ftyp") return "mov";
	if (text(0, 4) === "OggS") return "ogg";
	if (text(0, 4) === "fLaC") return "flac";
	return text(0, 6) === "#!AMR\n" ? "amr" : null;
}

/** A file, for M4A often says at its end what is in it. */
async function decode(bytes: Buffer, format: string): Promise<Buffer> {
	const { path } = await locateFfmpeg();
	const folder = await mkdtemp(join(tmpdir(), "keepclear-sound-"));
	try {
		const file = join(folder, "recording");
		await writeFile(file, bytes, { mode: 0o600 });
		const input = ["-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-f", format, "-i", `file:${file}`];
		const length = ["-t", String(maxSoundMs / 1000 + 1)];
		const output = ["-map", "0:a:0", ...length, "-ac", "1", "-ar", String(samplesPerSecond), "-f", "mulaw", "pipe:1"];
		return await runFfmpeg(path, [...input, ...output], "sound", { timeoutMs: 30_000 });
	} catch (cause) {
		throw Object.assign(new ApiError(422, "wrong_content", "This recording cannot be decoded."), { cause });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRecording } from "../../edge/video/file-frame-source.ts";
import { decodePicture } from "../../edge/video/photo-cutter.ts";
import { isPlayableEverywhere, transcode } from "../../src/server/evidence/clip-transcoder.ts";
import { testClip } from "../support/test-clips.ts";
import { tried } from "./support/tried.ts";

const kind = "malicious video";
const mostMs = 40_000;
const canary = "canary-3b1e: no picture of this";
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-video-"));
	await writeFile(join(folder, "secret.txt"), canary);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The same numbers in each run. */
function numbers(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

/** Small clips, damaged where decoders and demuxers have failed before. */
function corpus(clip: Buffer): Record<string, Buffer> {
	const at = (name: string) => Math.max(0, clip.indexOf(name));
	const changed = (change: (copy: Buffer) => unknown) => {
		const copy = Buffer.from(clip);
		change(copy);
		return copy;
	};
	const media = at("mdat") + 4;
	const pictures = Object.fromEntries(
		Array.from({ length: 8 }, (_, seed) => {
			const next = numbers(seed + 1);
			const flip = (copy: Buffer) => {
				for (let n = 0; n < 2 ** seed; n += 1) copy[media + next(copy.length - media)] = next(256);
			};
			return [`pictures with ${2 ** seed} other bytes`, changed(flip)];
		}),
	);
	const index = Object.fromEntries(
		Array.from({ length: 6 }, (_, seed) => {
			const next = numbers(seed + 100);
			const moov = at("moov");
			const length = clip.readUInt32BE(moov - 4) - 8;
			return [
				`an index with other bytes, ${seed}`,
				changed((copy) => {
					for (let n = 0; n < 6; n += 1) copy[moov + 4 + next(length)] = next(256);
				}),
			];
		}),
	);
	const size = (box: string, offset: number, value: number) =>
		changed((copy) => copy.writeUInt32BE(value, Math.min(copy.length - 4, at(box) + offset)));
	return {
		...pictures,
		...index,
		"cut in the middle": clip.subarray(0, clip.length / 2),
		"cut in the index": clip.subarray(0, at("moov") + 40),
		"a box without an end": size("moov", -4, 0xffffffff),
		"a box of nothing": size("moov", -4, 0),
		"four billion samples": size("stsz", 12, 0xffffffff),
		"samples of four gigabytes": size("stsz", 8, 0xffffffff),
		"four billion chunks": size("stco", 8, 0xffffffff),
		"a picture of 65,535 x 65,535": changed((copy) => copy.fill(0xff, at("avc1") + 28, at("avc1") + 32)),
		"time units of nought": size("mdhd", 16, 0),
		"a box within itself": changed((copy) => copy.copyWithin(at("trak") + 4, at("moov") - 4, at("moov") + 200)),
		"all zeros after the head": changed((copy) => copy.fill(0, media)),
	};
}

/** What ffmpeg would take for lists and scripts, by whatever name it comes. */
const scripts = (secret: string): Record<string, string> => ({
	"a playlist of a file": `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile://${secret}\n#EXT-X-ENDLIST\n`,
	"a playlist of an address": "#EXTM3U\n#EXTINF:10.0,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
	"a list of files": `ffconcat version 1.0\nfile '${secret}'\n`,
	"a session description":
		"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
	"a picture list": `<?xml version="1.0"?><MPD><Period><BaseURL>file://${secret}</BaseURL></Period></MPD>`,
	subtitles: `1\n00:00:00,000 --> 00:00:09,000\n<img src="file://${secret}">\n`,
	"a text": canary,
});

interface Outcome {
	readonly isFine: boolean;
	readonly said: string;
}

/** A result, or an error with words; within its time; without a word of what lies beside. */
async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
	const from = performance.now();
	const said = await work().then(
		(value) => `taken: ${String(value)}`,
		(error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`),
	);
	const isInWords = !/^(TypeError|RangeError|thrown|SyntaxError)/.test(said) && !/\bat .*\.ts:\d+/.test(said);
	return { isFine: isInWords && !said.includes(canary) && performance.now() - from < mostMs, said };
}

const photoOf = (file: string) => () =>
	decodePicture({ file, fromMs: 0, toMs: 5_000, take: "first" }).then((picture) => picture?.width ?? "no picture");
const framesOf = (file: string) => async () => {
	const recording = await openRecording(file, { sampleEveryMs: 200 });
	for await (const { width } of recording.frames(new AbortController().signal)) if (width === 0) return "nothing";
	return recording.framesDecoded();
};
const copyOf = (file: string) => async () => {
	if (await isPlayableEverywhere(file)) return "played as it is";
	await transcode(file, `${file}.copy.mp4`, { signal: AbortSignal.timeout(mostMs), onProgress: () => {} });
	return "a copy";
};

describe("video", () => {
	it.each(["h264", "h265"] as const)(
		"that is damaged is decoded as far as it goes, or refused in words: %s",
		async (codec) => {
			const clip = await readFile(await testClip({ size: "96x64", seconds: 1, codec }));
			const file = join(folder, `damaged-${codec}.mp4`);
			for (const [what, bytes] of Object.entries(corpus(clip))) {
				await writeFile(file, bytes);
				for (const [how, work] of [
					["photo", photoOf(file)],
					["copy", copyOf(file)],
				] as const) {
					const { isFine, said } = await outcomeOf(work);
					tried(kind, `${codec}, ${what}, ${how}`, isFine, said);
				}
			}
			const { isFine, said } = await outcomeOf(framesOf(file));
			tried(kind, `${codec}, all frames`, isFine, said);
		},
	);

	it("that is a list or a script opens nothing that it names", async () => {
		for (const [what, text] of Object.entries(scripts(join(folder, "secret.txt")))) {
			for (const name of ["clip.mp4", "clip.m3u8", "clip.txt", "clip.srt", "clip.sdp"]) {
				const file = join(folder, name);
				await writeFile(file, text);
				const { isFine, said } = await outcomeOf(photoOf(file));
				tried(kind, `${what} as ${name}, photo`, isFine && !/taken: \d/.test(said), said);
			}
			const file = join(folder, "clip.mp4");
			await writeFile(file, text);
			const { isFine, said } = await outcomeOf(copyOf(file));
			tried(kind, `${what}, copy`, isFine && !said.startsWith("taken"), said);
		}
	});

	it("that names another file in its index does not get it", async () => {
		const clip = await readFile(await testClip({ size: "96x64", seconds: 1 }));
		const other = join(folder, "other.mp4");
		await copyFile(await testClip({ size: "96x64", seconds: 1 }), other);
		const entry = clip.indexOf("url ");
		const named = Buffer.from(clip);
		named.writeUInt32BE(0, entry + 4); // no longer "the same file"
		named.write("alis", entry, "latin1");
		const file = join(folder, "naming.mp4");
		await writeFile(file, named);
		const { isFine, said } = await outcomeOf(photoOf(file));
		tried(kind, "a reference to another file", isFine, said);
		expect(entry).toBeGreaterThan(0);
	});
});

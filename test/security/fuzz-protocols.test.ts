import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStreamPiece, writeStreamPiece } from "#contract/live-stream.ts";
import { RtspReader, writeRtspMessage } from "#platform/rtsp/messages.ts";
import { chooseChallenge } from "#platform/rtsp/authorization.ts";
import { openZip } from "#platform/zip/read-zip.ts";
import { contentToZip, writeZip } from "#platform/zip/write-zip.ts";
import { parseCameraUrl } from "../../edge/video/camera-address.ts";
import { readDurationMs, readInputVideo, ShownFrames } from "#platform/ffmpeg-report.ts";
import { FragmentReader } from "../../edge/video/fragment-reader.ts";
import { PpmReader } from "../../edge/video/ppm-reader.ts";
import { RtspDialogue } from "../../edge/video/rtsp-dialogue.ts";
import { readCookie } from "../../src/server/http/cookies.ts";
import { parseRange } from "../../src/server/http/send-file.ts";
import { exifTime } from "../../src/server/markings/exif-time.ts";
import { jpegOf, metadataOf } from "../support/evidence.ts";
import { putAlert } from "../support/server-rows.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { testClip } from "../support/test-clips.ts";
import { damaged, damagedText, mutated } from "./support/mutate.ts";
import { type AttackKind } from "./support/kinds.ts";
import { countCase } from "./support/tried.ts";

const numRuns = Number(process.env["KEEPCLEAR_FUZZ_RUNS"] ?? 150) * 2;
const mostMs = 3_000;

/** Read, or refused by an error that somebody meant: never one of the language itself, and never for long. */
function survives(kind: AttackKind, read: () => unknown, isMeant = isNamed): boolean {
	const from = performance.now();
	let isFine = true;
	try {
		read();
	} catch (error) {
		isFine = isMeant(error);
	}
	isFine &&= performance.now() - from < mostMs;
	countCase(kind, isFine);
	return isFine;
}

const isNamed = (error: unknown) =>
	error instanceof Error &&
	!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError);

const protocols = "malformed protocols and uploads";

describe("protocols of cameras", () => {
	const answer = writeRtspMessage(
		"RTSP/1.0 200 OK",
		[
			["CSeq", "1"],
			["Transport", "RTP/AVP/TCP;unicast;interleaved=0-1;source=10.0.0.9"],
			["WWW-Authenticate", 'Digest realm="camera", nonce="1", algorithm=MD5, qop="auth"'],
		],
		Buffer.from("v=0\r\nm=video 0 RTP/AVP 96\r\na=control:track1\r\n"),
	);
	const frame = Buffer.concat([Buffer.from([0x24, 0, 0, 8]), Buffer.alloc(8, 7)]);

	it("are read in whatever pieces and damage they come, and what is passed on is one message", () => {
		const bytes = fc.oneof(
			damaged(answer),
			damaged(Buffer.concat([frame, answer, frame])),
			fc.uint8Array({ maxLength: 200 }),
		);
		fc.assert(
			fc.property(bytes, fc.integer({ min: 1, max: 60 }), (sent, piece) =>
				survives(protocols, () => {
					const reader = new RtspReader();
					const dialogue = new RtspDialogue(
						parseCameraUrl("rtsp://u:p@10.0.0.9/1"),
						"rtsp://127.0.0.1:9/camera",
						"10.0.0.9",
					);
					dialogue.fromViewer({
						...{ kind: "message", firstLine: "DESCRIBE rtsp://127.0.0.1:9/camera RTSP/1.0" },
						...{ headers: new Map([["cseq", ["1"]]]), body: Buffer.alloc(0) },
					});
					for (let at = 0; at < sent.length; at += piece) {
						for (const item of reader.take(Buffer.from(sent.subarray(at, at + piece)))) {
							if (item.kind !== "message") continue;
							const { onward } = dialogue.fromCamera(item);
							if (onward)
								expect(onward.toString("latin1").toLowerCase()).not.toMatch(/\nlocation:|source=(?!10\.0\.0\.9)/);
						}
					}
				}),
			),
			{ numRuns: numRuns * 2 },
		);
	});

	it("ask for passwords in ways that cannot be answered", () => {
		fc.assert(
			fc.property(damagedText('Digest realm="a", nonce="b", algorithm=MD5, qop="auth,auth-int"'), (header) =>
				survives(protocols, () => chooseChallenge([header, `Basic ${header}`])),
			),
			{ numRuns },
		);
	});

	it("have addresses of any form", () => {
		fc.assert(
			fc.property(
				fc.oneof(damagedText("rtsp://user:p%40ss@10.0.0.9:554/stream?x=1"), fc.webUrl(), fc.string()),
				(url) =>
					survives(
						protocols,
						() => parseCameraUrl(url),
						(error) => (error as Error).name === "InputError",
					),
			),
			{ numRuns: numRuns * 2 },
		);
	});
});

describe("what ffmpeg writes", () => {
	it("is read in any damage: fragments, pictures, lines", async () => {
		const file = await testClip({
			...{ size: "64x48", seconds: 1 },
			more: ["-movflags", "empty_moov+default_base_moof+frag_keyframe", "-frag_duration", "250000"],
		});
		const clip = readFileSync(file);
		fc.assert(
			fc.property(damaged(clip), fc.integer({ min: 50, max: 5_000 }), (sent, piece) =>
				survives(protocols, () => {
					const reader = new FragmentReader();
					for (let at = 0; at < sent.length; at += piece) {
						for (const each of reader.take(sent.subarray(at, at + piece))) {
							if (each.kind === "fragment") expect(each.durationMs).toBeGreaterThanOrEqual(0);
						}
					}
				}),
			),
			{ numRuns: numRuns * 2 },
		);
		const picture = Buffer.concat([Buffer.from("P6\n4 2\n255\n"), Buffer.alloc(24, 9)]);
		fc.assert(
			fc.property(damaged(Buffer.concat([picture, picture])), (sent) =>
				survives(protocols, () => [...new PpmReader().take(sent)].map(({ rgb }) => rgb.length)),
			),
			{ numRuns },
		);
		const line = "  Stream #0:0: Video: h264 (High), yuv420p, 1280x720 [SAR 1:1 DAR 16:9], 25 fps";
		const shown = "[Parsed_showinfo_1 @ 0x1] n:   0 pts:   0 pts_time:0 sar:1/1 s:1280x720 i:P";
		fc.assert(
			fc.property(fc.oneof(damagedText(line), damagedText(shown), fc.string()), (text) =>
				survives(protocols, () => [readInputVideo(text), readDurationMs(text), new ShownFrames().read(text)]),
			),
			{ numRuns },
		);
	});
});

describe("what pages, phones and edges send", () => {
	const piece = writeStreamPiece({
		kind: "head",
		time: 1,
		mediaMs: 2,
		codec: "avc1.64001f",
		bytes: new Uint8Array(20),
	});

	it("is read in any damage: live pieces, cookies, ranges", () => {
		fc.assert(
			fc.property(damaged(piece), (bytes) => survives(protocols, () => readStreamPiece(bytes))),
			{ numRuns },
		);
		fc.assert(
			fc.property(damagedText("a=b; keepclear=abc; c=d"), (header) =>
				survives(protocols, () => readCookie(header, "keepclear")),
			),
			{ numRuns },
		);
		fc.assert(
			fc.property(fc.oneof(damagedText("bytes=0-99"), fc.string()), fc.nat(), (header, bytes) => {
				const range = parseRange(header, bytes);
				const isWithin =
					range === null ||
					range === "outside" ||
					(range.first >= 0 && range.last < bytes && range.first <= range.last);
				countCase(protocols, isWithin);
				return isWithin;
			}),
			{ numRuns },
		);
	});

	it("is read in any damage: what a phone writes into a picture", () => {
		const block = exifBlock(1, 4);
		expect(exifTime(block)).not.toBeNull();
		fc.assert(
			fc.property(damaged(block), (bytes) => survives(protocols, () => exifTime(bytes))),
			{ numRuns: numRuns * 2 },
		);
		// Thousands of folders that each name thousands: read once, or it would take hours.
		expect(survives("image bombs", () => exifTime(exifBlock(60_000, 60_000)))).toBe(true);
	});
});

/** Folders of so many entries: the first names the second in each of its own. */
function exifBlock(first: number, second: number): Buffer {
	const start = 8 + 2 + first * 12 + 4;
	const block = Buffer.alloc(start + 2 + second * 12 + 4 + 20);
	block.write("II*\0", 0, "latin1");
	block.writeUInt32LE(8, 4);
	block.writeUInt16LE(first, 8);
	for (let i = 0; i < first; i += 1) {
		const at = 10 + i * 12;
		block.writeUInt16LE(0x8769, at);
		block.writeUInt16LE(4, at + 2);
		block.writeUInt32LE(1, at + 4);
		block.writeUInt32LE(start, at + 8);
	}
	block.writeUInt16LE(second, start);
	const text = block.length - 20;
	block.write("2026:11:26 09:15:00\0", text, "latin1");
	for (let i = 0; i < second; i += 1) {
		const at = start + 2 + i * 12;
		block.writeUInt16LE(0x9003, at);
		block.writeUInt16LE(2, at + 2);
		block.writeUInt32LE(20, at + 4);
		block.writeUInt32LE(text, at + 8);
	}
	return block;
}

describe("zips", () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "keepclear-zips-"));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));
	const zips = "zip bombs and damaged zips";
	const zipOf = async (files: Record<string, string>) => {
		const { stream } = await writeZip(
			Object.entries(files).map(([name, text]) => contentToZip(name, Buffer.from(text))),
		);
		return Buffer.concat((await stream.toArray()) as Buffer[]);
	};
	/** Opens it and reads all of it. */
	const open = async (bytes: Uint8Array): Promise<boolean> => {
		const file = join(folder, "x.zip");
		await writeFile(file, bytes);
		const from = performance.now();
		let unpacked = 0;
		const isFine = await (async () => {
			const zip = await openZip(file);
			for (const { name, bytes: said } of zip.entries) {
				let read = 0;
				for await (const chunk of zip.read(name)) read += chunk.length;
				if (read !== said || /(^|\/)\.\.?(\/|$)|^\/|\\/.test(name)) return false;
				unpacked += read;
			}
			return true;
		})().catch((error: unknown) => ["InputError", "ZipDamage"].includes((error as Error).name));
		const isBounded = performance.now() - from < mostMs && unpacked < 10_000_000;
		countCase(zips, isFine && isBounded);
		return isFine && isBounded;
	};

	it("are read to the byte, or refused in words, whatever was done to them", async () => {
		const whole = await zipOf({
			"manifest.json": "{}",
			"evidence/a.jpg": "x".repeat(500),
			"evidence/b.jpg": "y".repeat(300),
		});
		await fc.assert(fc.asyncProperty(damaged(whole), open), { numRuns });
	});

	it("are refused where they are bombs, lie about sizes, or name places outside", async () => {
		const zeros = deflateRawSync(Buffer.alloc(60_000_000));
		const entry = (name: string, packed: Buffer, said: number, method = 8) => ({ name, packed, said, method });
		const bad = [
			[entry("a", zeros, 60_000_000)], // a thousandfold
			[entry("a", zeros, 900_000)], // says less than comes out
			[entry("a", zeros, 10)],
			Array.from({ length: 12_000 }, (_, i) => entry(`f${i}`, Buffer.alloc(0), 0, 0)),
			...["../a", "/etc/passwd", "a/../../b", "C:\\a", "a\\..\\b", "a\u0000b", "x".repeat(500), "./a", ""].map(
				(name) => [entry(name, Buffer.from("x"), 1, 0)],
			),
			[entry("a", Buffer.from("x"), 1, 0), entry("a", Buffer.from("y"), 1, 0)],
			[entry("a", Buffer.from("x"), 1, 99)],
			[entry("a", Buffer.from("x"), 4_294_967_295, 0)],
		];
		for (const entries of bad) {
			const isRefused = await open(handMade(entries));
			expect(isRefused, entries[0]?.name).toBe(true);
		}
	});
});

/** A zip of what no packer would write. */
function handMade(entries: readonly { name: string; packed: Buffer; said: number; method: number }[]): Buffer {
	const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
	let offset = 0;
	for (const { name, packed, said, method } of entries) {
		const label = Buffer.from(name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(method, 4);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(said, 18);
		common.writeUInt16LE(label.length, 22);
		const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, label, packed]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, tail, label]));
		parts.push(local);
		offset += local.length;
	}
	const list = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write("PK\u0005\u0006", "latin1");
	end.writeUInt16LE(Math.min(entries.length, 65_535), 8);
	end.writeUInt16LE(Math.min(entries.length, 65_535), 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, list, end]);
}

describe("uploads", () => {
	let server: TestServer;
	let token: string;
	beforeAll(async () => {
		server = await startTestServer();
		({ token } = server.createEdge("edge-1"));
		putAlert(server.parts.store, { id: "occ-1", edgeId: "edge-1", laneId: "l", cameraId: "c", raisedAt: 5 });
	});
	afterAll(() => server.stop());

	it("are begun by metadata that is whole, or refused in words", async () => {
		const evidence = { id: "still-1", alertId: "occ-1", kind: "still_raised", content: jpegOf(2_000) } as const;
		const write = (metadata: object) =>
			Object.entries(metadata)
				.map(
					([key, value]) =>
						`${key} ${Buffer.from(typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toString("base64")}`,
				)
				.join(",");
		const valid = write(metadataOf(evidence));
		const headers = fc.oneof(
			damagedText(valid),
			mutated(metadataOf(evidence)).map((value) => write(Object(value) as object)),
		);
		await fc.assert(
			fc.asyncProperty(
				headers,
				fc.constantFrom("2000", "0", "-1", "1e3", "99999999999", "x", ""),
				async (metadata, length) => {
					const answer = await fetch(`${server.url}/api/edge/evidence`, {
						method: "POST",
						headers: {
							...{ authorization: `Bearer ${token}`, "tus-resumable": "1.0.0", "upload-length": length },
							"upload-metadata": metadata.replaceAll(/[^ -~]/g, "?"),
						},
					});
					const text = await answer.text();
					const isFine = answer.status < 500 && !/\bat .*\.[jt]s:\d+/.test(text);
					countCase(protocols, isFine);
					return isFine;
				},
			),
			{ numRuns },
		);
		expect(server.parts.store.prepare("SELECT count(*) FROM evidence").pluck().get()).toBe(0);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStreamPiece, setStreamPieceTime, writeStreamPiece } from "#contract/live-stream.ts";
import { codecNameOf } from "../../edge/video/codec-name.ts";

describe("a piece of live video on its way", () => {
	const pieces = fc.record({
		kind: fc.constantFrom("head" as const, "key" as const, "other" as const),
		time: fc.double({ noNaN: true }),
		mediaMs: fc.double({ noNaN: true }),
		codec: fc.stringMatching(/^[ -~]{0,60}$/),
		bytes: fc.uint8Array({ maxLength: 300 }),
	});

	it("is read as it was written, also from the middle of other bytes", () => {
		fc.assert(
			fc.property(pieces, fc.nat(20), (piece, before) => {
				const sent = writeStreamPiece(piece);
				const around = new Uint8Array(before + sent.length);
				around.set(sent, before);
				const codec = piece.kind === "head" ? piece.codec : "";
				const read = readStreamPiece(around.subarray(before));
				expect({ ...read, bytes: [...(read?.bytes ?? [])] }).toEqual({ ...piece, codec, bytes: [...piece.bytes] });
			}),
		);
	});

	it("keeps all but its time when that is set", () => {
		fc.assert(
			fc.property(pieces, (piece) => {
				const message = writeStreamPiece(piece);
				setStreamPieceTime(message, 17.5);
				const { time, kind, mediaMs } = readStreamPiece(message) ?? {};
				expect({ time, kind, mediaMs }).toEqual({ time: 17.5, kind: piece.kind, mediaMs: piece.mediaMs });
			}),
		);
	});

	it("is refused where it is none, and nothing throws", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
				const read = readStreamPiece(bytes);
				if ((bytes[0] ?? 9) > 2 || bytes.length < 17) expect(read).toBeNull();
			}),
		);
	});
});

describe("the name of a codec", () => {
	const box = (name: string, hex: string) =>
		Buffer.concat([Buffer.from(`....${name}`, "latin1"), Buffer.from(hex, "hex")]);

	it("is that of RFC 6381", () => {
		expect(codecNameOf(box("avcC", "0164001fff"))).toBe("avc1.64001f");
		const main = "0101600000009000000000005df000";
		expect(codecNameOf(Buffer.concat([Buffer.from("hvc1"), box("hvcC", main)]))).toBe("hvc1.1.6.L93.90");
		expect(codecNameOf(Buffer.concat([Buffer.from("hev1"), box("hvcC", main)]))).toBe("hev1.1.6.L93.90");
	});

	it("is empty for what is none, or cut off", () => {
		expect(codecNameOf(Buffer.from("moov and nothing else"))).toBe("");
		expect(codecNameOf(box("hvcC", "0101"))).toBe("");
	});
});

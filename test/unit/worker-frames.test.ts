import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameReader, piecesOf } from "#platform/worker/frames.ts";

const words = fc.jsonValue();
const bytes = fc.uint8Array({ maxLength: 200 });

test("frames come out as they were put in, in whatever pieces they travel", () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(words, bytes), { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (sent, size) => {
			const all = Buffer.concat(sent.flatMap(([word, body]) => piecesOf(word, body)));
			const reader = new FrameReader(100_000);
			const got = [];
			for (let at = 0; at < all.length; at += size) got.push(...reader.take(all.subarray(at, at + size)));
			expect(got.map((frame) => [JSON.stringify(frame.words), Buffer.from(frame.bytes).toString("hex")])).toEqual(
				sent.map(([word, body]) => [JSON.stringify(word), Buffer.from(body).toString("hex")]),
			);
		}),
	);
});

test("who announces more than is allowed is refused before there is room for it", () => {
	const head = Buffer.alloc(8);
	head.writeUInt32LE(0xffff_ffff, 0);
	expect(() => new FrameReader(1_000).take(head)).toThrow("a frame of 4294967295 bytes, where 1000 are allowed");
});

test("what is no JSON is refused", () => {
	const [head] = piecesOf("abc");
	expect(() => new FrameReader(1_000).take(Buffer.concat([head!, Buffer.from("{{{{{")]))).toThrow(SyntaxError);
});

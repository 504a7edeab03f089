import fc from "fast-check";
import { expect, test } from "vitest";
import { vote, type VotingRead } from "#core/plates/vote.ts";

const read = (text: string, { confidence = 0.95, sharpness = 0.6, widthPx = 120 } = {}): VotingRead => ({
	characters: [...text].map((char) => ({ char, confidence })),
	colour: "blue",
	confidence,
	sharpness,
	widthPx,
});

test("nothing read over the whole stay is no plate, and never sure", () => {
	expect(vote([])).toMatchObject({ text: "无车牌", plateClass: null, isSure: false, reads: 0 });
});

test("reads that agree are sure; a single one is not", () => {
	expect(vote([read("京A88731"), read("京A88731")])).toMatchObject({
		text: "京A88731",
		plateClass: "small",
		isSure: true,
	});
	expect(vote([read("京A88731")])).toMatchObject({ text: "京A88731", isSure: false, reads: 1 });
});

test("one sharp and large read outweighs several small and blurred ones", () => {
	const blurred = Array.from({ length: 4 }, () => read("京A88781", { confidence: 0.5, sharpness: 0.15, widthPx: 45 }));
	expect(vote([...blurred, read("京A88731")])).toMatchObject({ text: "京A88731", isSure: false });
});

test("characters come from different reads, and one on which they are split is a dash", () => {
	const first = { ...read("京A88731"), characters: blank(read("京A88731"), 6) };
	const second = { ...read("京A88731"), characters: blank(read("京A88731"), 0) };
	expect(vote([first, second, read("京A88731")]).text).toBe("京A88731");
	expect(vote([read("京A88731"), read("京A88791")]).text).toBe("京A887-1");
});

test("a read of another length takes away from what is sure", () => {
	const agreed = vote([read("皖AD22939"), read("皖AD22939"), read("皖AD2939")]);
	expect(agreed).toMatchObject({ text: "皖AD22939", isSure: false });
});

const anyRead = fc.record({
	characters: fc.array(
		fc.record({ char: fc.constantFrom(..."京沪A8B1D"), confidence: fc.double({ min: 0, max: 1, noNaN: true }) }),
		{ maxLength: 9 },
	),
	colour: fc.constantFrom("blue" as const, "green" as const, "unknown" as const),
	confidence: fc.double({ min: 0, max: 1, noNaN: true }),
	sharpness: fc.double({ min: 0, max: 1, noNaN: true }),
	widthPx: fc.double({ min: 10, max: 600, noNaN: true }),
});

test("confidences stay within 0 and 1, the text has as many characters as are told of, and order does not matter", () => {
	fc.assert(
		fc.property(fc.array(anyRead, { maxLength: 8 }), (reads) => {
			const result = vote(reads);
			expect(result.confidence).toBeGreaterThanOrEqual(0);
			expect(result.confidence).toBeLessThanOrEqual(1);
			if (result.characters.length > 0) expect([...result.text]).toHaveLength(result.characters.length);
			else expect(result.text).toBe("无车牌");
			expect(vote([...reads].reverse()).characters).toHaveLength(result.characters.length);
		}),
	);
});

test("one more read that says the same never makes it less sure", () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 6 }), fc.double({ min: 0.3, max: 1, noNaN: true }), (count, confidence) => {
			const reads = Array.from({ length: count }, () => read("京A88731", { confidence }));
			const [before, after] = [vote(reads), vote([...reads, read("京A88731", { confidence })])];
			expect(after.confidence).toBeGreaterThanOrEqual(before.confidence - 1e-9);
			expect(after.text).toBe(before.text);
		}),
	);
});

function blank({ characters }: VotingRead, place: number) {
	return characters.map((each, i) => (i === place ? { char: "-", confidence: 0 } : each));
}

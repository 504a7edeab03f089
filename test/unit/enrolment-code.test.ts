import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeBytes, codeFrom, readCode } from "#core/enrolment/code.ts";
import { enrolmentKeysOf, isProof, isSignedByCode, proofOf } from "#platform/enrolment-keys.ts";

const codes = fc.uint8Array({ minLength: codeBytes, maxLength: codeBytes }).map(codeFrom);

describe("a one-time code", () => {
	test("is four groups of four, and is read back however it is typed", () => {
		fc.assert(
			fc.property(codes, (code) => {
				expect(code).toMatch(/^([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$/);
				expect(readCode(code)).toEqual({ code });
				expect(readCode(` ${code.toLowerCase().replaceAll("-", " ")} `)).toEqual({ code });
				expect(readCode(code.replaceAll("-", ""))).toEqual({ code });
			}),
		);
	});

	test("says so when any one letter is another", () => {
		fc.assert(
			fc.property(codes, fc.nat(15), fc.nat(30), (code, at, other) => {
				const letters = [...code.replaceAll("-", "")];
				const others = [..."ABCDEFGHJKLMNPQRSTUVWXYZ23456789"].filter((letter) => letter !== letters[at]);
				letters[at] = others[other]!;
				expect(readCode(letters.join(""))).toEqual({ problem: "one of its letters is mistyped" });
			}),
		);
	});

	test("says what is wrong with what is none", () => {
		expect(readCode("ABCD-EFGH-JKLM-NPQ0")).toEqual({ problem: expect.stringMatching(/^0 is in no code/) as string });
		expect(readCode("ABCD")).toEqual({ problem: "a code has 16 letters and digits, this one has 4" });
		expect(readCode("")).toMatchObject({ problem: expect.any(String) as string });
	});

	test("has 75 bits of the bytes that it is made of: no two of a thousand are alike", () => {
		const many = fc.sample(codes, 1000);
		expect(new Set(many).size).toBeGreaterThan(990);
		expect(codeFrom(new Uint8Array(codeBytes))).not.toBe(codeFrom(new Uint8Array(codeBytes).fill(1)));
	});
});

describe("the keys of a code", () => {
	const [code, other] = [codeFrom(new Uint8Array(codeBytes).fill(7)), codeFrom(new Uint8Array(codeBytes).fill(8))];
	const keys = enrolmentKeysOf(code);

	test("are the same on both sides, and others for another code", () => {
		expect(enrolmentKeysOf(code)).toMatchObject({ publicKey: keys.publicKey, serverKey: keys.serverKey });
		expect(enrolmentKeysOf(other).publicKey).not.toBe(keys.publicKey);
		expect(enrolmentKeysOf(other).serverKey).not.toBe(keys.serverKey);
	});

	test("sign and prove one text alone", () => {
		const signature = keys.sign("text");
		expect(isSignedByCode(keys.publicKey, "text", signature)).toBe(true);
		expect(isSignedByCode(keys.publicKey, "texts", signature)).toBe(false);
		expect(isSignedByCode(enrolmentKeysOf(other).publicKey, "text", signature)).toBe(false);
		expect(isSignedByCode("00".repeat(32), "text", "AAAA")).toBe(false);
		const proof = proofOf(keys.serverKey, "answer");
		expect(isProof(keys.serverKey, "answer", proof)).toBe(true);
		expect(isProof(keys.serverKey, "answers", proof)).toBe(false);
		expect(isProof(enrolmentKeysOf(other).serverKey, "answer", proof)).toBe(false);
		expect(isProof(keys.serverKey, "answer", "")).toBe(false);
	});
});

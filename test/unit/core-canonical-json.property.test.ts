import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json, parseCanonicalJson } from "#core/evidence/canonical-json.ts";

/** What I-JSON carries unharmed. */
const json = fc
	.jsonValue({ maxDepth: 4, stringUnit: "grapheme" })
	.filter((value) => isCarried(value as Json)) as fc.Arbitrary<Json>;

function isCarried(value: Json): boolean {
	try {
		canonicalJson(value);
		return true;
	} catch {
		return false;
	}
}

describe("canonical JSON", () => {
	it("is the RFC's own example (RFC 8785, 3.2.2 and 3.2.3)", () => {
		const value = JSON.parse(
			`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
			"string":"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}`.replace("1E30,", ""),
		) as Json;
		expect(canonicalJson(value)).toBe(
			`{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
		);
	});

	it("sorts keys by UTF-16 code units (RFC 8785, 3.2.3)", () => {
		const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
		const value = Object.fromEntries(keys.map((key) => [key, 0]));
		expect(Object.keys(JSON.parse(canonicalJson(value)) as object).filter((key) => key !== "1")).toEqual([
			"\r",
			"\u0080",
			"\u00f6",
			"\u20ac",
			"\ud83d\ude00",
			"\ufb33",
		]);
		expect(canonicalJson(value).indexOf('"1"')).toBeLessThan(canonicalJson(value).indexOf('"\u0080"'));
	});

	it("does not depend on the order of keys, and comes back the same", () => {
		fc.assert(
			fc.property(json, (value) => {
				const text = canonicalJson(value);
				expect(canonicalJson(turned(value))).toBe(text);
				expect(canonicalJson(parseCanonicalJson(text)?.value ?? null)).toBe(text);
			}),
		);
	});

	it("refuses what is not carried unharmed", () => {
		for (const bad of [NaN, Infinity, -Infinity, 2 ** 53, 1e30, "\ud800", "a\udc00", { "\udfff": 1 }]) {
			expect(() => canonicalJson(bad)).toThrow(RangeError);
		}
		expect(canonicalJson(-0)).toBe("0");
	});

	it("notices every other text of the same value", () => {
		expect(parseCanonicalJson('{"a":1,"b":[]}')).toEqual({ value: { a: 1, b: [] } });
		for (const other of [
			'{"b":[],"a":1}',
			'{"a":1, "b":[]}',
			'{"a":1.0,"b":[]}',
			'{"a":1,"b":[]}\n',
			'{"a":1,"a":1}',
			"{",
		]) {
			expect(parseCanonicalJson(other)).toBeNull();
		}
	});
});

function turned(value: Json): Json {
	if (Array.isArray(value)) return (value as readonly Json[]).map(turned);
	if (value === null || typeof value !== "object") return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, member]) => [key, turned(member)]),
	);
}

import { describe, expect, test } from "vitest";
import { combineLines } from "#core/plates/combine-lines.ts";
import { joinLines } from "#core/plates/decode-line.ts";
import type { PlateColour } from "#core/plates/grammar.ts";
import { noColour } from "#core/plates/plate-look.ts";
import { isEmergencyPlate, maskPlate, normalisePlate, plateClassOf, provinceOf } from "#core/plates/plate-text.ts";
import { readLine } from "#core/plates/read-line.ts";
import { foreignSteps, stepsOf } from "../support/line-steps.ts";

const blue = { ...noColour, blue: 1 };
const textOf = (line: { characters: readonly { char: string }[] } | null) =>
	line?.characters.map(({ char }) => char).join("");

test.each([
	["京A·88731", "京A88731"],
	["京Ａ８８７３１", "京A88731"],
	[" 沪 ap-0910", "沪AP-0910"],
	["粤OA216O", "粤OA2160"],
	["粤0A2160", "粤OA2160"],
	["皖AI23O5", "皖A12305"],
	["粤Z．1234港", "粤Z1234港"],
])("%s is written %s", (given, expected) => expect(normalisePlate(given)).toBe(expected));

test.each([
	["京A88731", "blue", "small"],
	["京A88731", "unknown", "small"],
	["沪AP0910", "yellow", "large"],
	["沪A12345", "black", "foreign"],
	["皖AD22939", "green", "new-energy-small"],
	["皖AF12345", "unknown", "new-energy-small"],
	["皖A12345D", "yellow-green", "new-energy-large"],
	["渝B3587学", "yellow", "learner"],
	["渝B3587挂", "yellow", "trailer"],
	["渝B3587警", "white", "police"],
	["京X1234应急", "white", "emergency"],
	["京S1234应急", "white", "emergency"],
	["粤Z1234港", "black", "hong-kong"],
	["粤Z1A34澳", "black", "macau"],
	["123456使", "black", "embassy"],
	["使123456", "black", "embassy"],
	["沪12345领", "black", "consulate"],
	["沪A1234领", "black", "consulate"],
	["WJ京12345", "white", "armed-police"],
	["KA12345", "white", "military"],
	["京A1234试", "white", "temporary"],
	["京A8-7-1", "blue", "small"],
] as const)("%s on %s is of the class %s", (text, colour: PlateColour, expected) =>
	expect(plateClassOf(text, colour)).toBe(expected),
);

test.each([
	"",
	"A88731",
	"京A8873",
	"京I88731",
	"京A8873I",
	"京A887312",
	"京T1234应急",
	"粤A1234港",
	"无车牌",
	"8日前",
])("%s is no plate", (text) => expect(plateClassOf(text, "blue")).toBeNull());

test("fire engines and police are on duty, soldiers and others are not", () => {
	expect((["emergency", "police"] as const).every(isEmergencyPlate)).toBe(true);
	expect((["armed-police", "military", "small", null] as const).some(isEmergencyPlate)).toBe(false);
});

test.each([
	["蒙B12345", "蒙B·12**5"],
	["皖AD22939", "皖A·D2***9"],
	["京X1234应急", "京X·12**应急"],
	["渝B3587学", "渝B·35**学"],
	["123456使", "12****使"],
	["无车牌", "无车牌"],
])("%s is shown to others as %s", (text, masked) => expect(maskPlate(text)).toBe(masked));

test("the province is told where it was read", () => {
	expect([provinceOf("京A88731"), provinceOf("-A88731"), provinceOf("WJ粤12345"), provinceOf("123456使")]).toEqual([
		"京",
		null,
		"粤",
		null,
	]);
});

describe("a line is read as the plate that it most likely is", () => {
	test.each(["京A88731", "皖AD22939", "皖A12345D", "渝B3587学", "京X1234应急", "粤Z1234港", "123456使"])(
		"%s",
		(text) => {
			const line = readLine(stepsOf(text), noColour);
			expect(textOf(line)).toBe(text);
			expect(line?.loss).toBeLessThan(0.5);
		},
	);

	test("a letter that no plate has at its place gives way to the likeliest that may stand there", () => {
		const line = readLine(stepsOf("京A88731", { doubts: { 0: { 9: 0.6, 京: 0.3 } } }), blue);
		expect(textOf(line)).toBe("京A88731");
		expect(line?.characters[0]?.confidence).toBeCloseTo(0.3, 1);
		expect(line?.loss).toBeGreaterThan(0.5);
	});

	test("a green ground asks for eight characters, a blue one for seven", () => {
		// The eighth is as good as not there: the last two digits ran together.
		const doubtful = stepsOf("皖AD14488", { doubts: { 7: { 8: 0.05 } } });
		expect(textOf(readLine(doubtful, blue))).toBe("皖AD1448");
		expect(textOf(readLine(doubtful, { ...noColour, green: 1 }))).toBe("皖AD14488");
	});

	test("two rows are read one after the other", () => {
		expect(textOf(readLine(joinLines([stepsOf("粤A"), stepsOf("B2893")]), { ...noColour, yellow: 1 }))).toBe(
			"粤AB2893",
		);
	});

	test("Q is not taken for the rare office O at a hair's breadth", () => {
		const line = readLine(stepsOf("皖Q18632", { doubts: { 1: { O: 0.5, Q: 0.3 } } }), blue);
		expect(textOf(line)).toBe("皖Q18632");
		expect(textOf(readLine(stepsOf("粤OA2160"), blue))).toBe("粤OA2160");
	});

	test("letters and digits of a military plate alone are any sign's; white, they are one", () => {
		expect(readLine(stepsOf("KA12345"), noColour)?.plateClass).not.toBe("military");
		expect(readLine(stepsOf("KA12345"), { ...noColour, white: 1 })?.plateClass).toBe("military");
	});
});

describe("several readings of one plate", () => {
	const reading = (...args: Parameters<typeof stepsOf>) =>
		readLine(stepsOf(...args), blue) ?? expect.fail("no reading");

	test("that agree are as sure as they are", () => {
		expect(combineLines([reading("京A88731"), reading("京A88731")])).toMatchObject({ text: "京A88731" });
		expect(combineLines([reading("京A88731"), reading("京A88731")])?.confidence).toBeGreaterThan(0.95);
	});

	test("that do not agree make the character unsure, and the surer one is told", () => {
		const combined = combineLines([reading("京A88731"), reading("京A88731"), reading("京B88731", { sure: 0.8 })]);
		expect(combined?.text).toBe("京A88731");
		expect(combined?.confidence).toBeLessThan(0.95);
	});

	test("a character that nobody can tell is a dash", () => {
		expect(combineLines([reading("京A88731", { doubts: { 4: { 7: 0.1, 1: 0.08 } } })])?.text).toBe("京A88-31");
	});

	test("what is written on a bus is no plate", () => {
		const line = readLine(foreignSteps(24), blue);
		expect(line && combineLines([line])).toBeNull();
	});
});

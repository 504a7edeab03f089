import fc from "fast-check";
import { expect, test } from "vitest";
import { plateCharacters } from "#core/plates/characters.ts";
import { decodeLine } from "#core/plates/decode-line.ts";
import { plateTemplates } from "#core/plates/grammar.ts";
import { maskPlate, normalisePlate, plateClassOf, templateOf } from "#core/plates/plate-text.ts";
import { stepsOf } from "../support/line-steps.ts";

const anyTemplate = fc.constantFrom(...plateTemplates);
const anyPlate = anyTemplate.chain((template) =>
	fc
		.tuple(...template.places.map((place) => fc.constantFrom(...place)))
		.map((signs) => ({ template, text: signs.join("") })),
);

test("every plate is its own normal form, has a class, and no two characters of the alphabet are the same", () => {
	fc.assert(
		fc.property(anyPlate, ({ text }) => {
			expect(normalisePlate(text)).toBe(text);
			expect(plateClassOf(text, "unknown")).not.toBeNull();
		}),
	);
	expect(new Set(plateCharacters).size).toBe(plateCharacters.length);
});

test("what a reader is sure of is decoded as it stands, doubled characters too", () => {
	fc.assert(
		fc.property(anyPlate, fc.integer({ min: 1, max: 3 }), ({ template, text }, stepsEach) => {
			const decoded = decodeLine(stepsOf(text, { stepsEach }), template);
			expect(decoded?.characters.map(({ char }) => char).join("")).toBe(text);
			expect(decoded?.loss).toBeLessThan(3);
		}),
	);
});

test("whatever a line says, what comes out fits the template, and costs nothing less than nothing", () => {
	const columns = 1 + plateCharacters.length;
	const anyLine = fc.integer({ min: 1, max: 24 }).chain((steps) =>
		fc
			.array(fc.double({ min: 1e-7, max: 1, noNaN: true }), { minLength: steps * columns, maxLength: steps * columns })
			.map((probabilities) => {
				const logProbs = Float32Array.from(probabilities, Math.log);
				const best = Float32Array.from({ length: steps }, (_, step) =>
					Math.max(...logProbs.subarray(step * columns, (step + 1) * columns)),
				);
				return { steps, logProbs, best };
			}),
	);
	fc.assert(
		fc.property(anyLine, anyTemplate, (line, template) => {
			const decoded = decodeLine(line, template);
			if (line.steps < template.places.length) expect(decoded).toBeNull();
			if (!decoded) return; // doubled characters need a blank, for which there may be no room
			expect(decoded.loss).toBeGreaterThanOrEqual(0);
			expect(decoded.characters.every(({ char }, i) => template.places[i]?.includes(char))).toBe(true);
		}),
		{ numRuns: 30 },
	);
});

test("a mask leaves what tells the office and the end, and hides something of every plate", () => {
	fc.assert(
		fc.property(anyPlate, ({ text }) => {
			const masked = maskPlate(text);
			expect(templateOf(text)).not.toBeNull();
			expect(masked).toContain("*");
			expect(masked.at(-1)).toBe(text.at(-1));
		}),
	);
});

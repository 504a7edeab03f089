import { describe, expect, test, vi } from "vitest";
import { readYaml } from "#platform/read-yaml.ts";

describe("YAML", () => {
	test("is read as JSON is", () => {
		expect(readYaml('{"a": [1, true, null]}')).toEqual({ a: [1, true, null] });
		expect(readYaml("a: &one {b: 1}\nc: *one")).toEqual({ a: { b: 1 }, c: { b: 1 } });
	});

	test.each([
		["a: 1\na: Secret1", "Map keys must be unique at line 2, column 1"],
		[
			"a: [Secret1",
			"Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 12",
		],
		["--- Secret1\n--- b", "Source contains multiple documents at line 2, column 1"],
		['a: "x\\qSecret1"', "Invalid escape sequence at line 1, column 6"],
		["%YAML 9.9\n---\na: Secret1", "Unsupported YAML version at line 1, column 7"],
	])("is refused with the place and not with what stands there: %j", (text, words) => {
		expect(() => readYaml(text)).toThrow(words);
		expect(seenOf(() => readYaml(text))).not.toContain("Secret1");
	});

	test.each([
		"*Secret1",
		"&Secret1: x",
		"!Secret1",
		"@Secret1",
		"%Secret1",
		"`Secret1",
		"!<Secret1> x",
		"!e!Secret1 x",
	])("a password without quotes is neither quoted nor guessed at: %s", (password) => {
		const words = seenOf(() => readYaml(`password: ${password}`));
		expect(words).toContain("A text that begins with such a sign stands in quotes");
		expect(words).not.toContain("Secret1");
	});

	test("nothing of it is printed", () => {
		const printed = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
		for (const text of ["a: &Secret1: x", "a: !Secret1 x", "? [Secret1]\n: x"]) seenOf(() => readYaml(text));
		expect(printed).not.toHaveBeenCalled();
		printed.mockRestore();
	});
});

/** The error with all that a log would write of it. */
function seenOf(read: () => unknown): string {
	try {
		return JSON.stringify(read());
	} catch (error) {
		const { message, stack, cause } = error as Error;
		return [message, stack, String(cause)].join("\n");
	}
}

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const rows = read("THREATS.md")
	.split("\n")
	.filter((line) => line.startsWith("| ") && !line.startsWith("| wants"))
	.map((line) => line.split("|").at(-2)?.trim() ?? "");

/** `component/x.test.ts`: one title; another; `unit/y.test.ts`: a third */
function named(cell: string): { file: string; title: string }[] {
	let file = "";
	return cell.split("; ").map((part) => {
		const [, given, title = part] = /^`([^`]+)`: (.*)$/.exec(part) ?? [];
		file = given ?? file;
		return { file, title: title.trim() };
	});
}

/** Some titles have a semicolon of their own: what follows it is no test. */
const isTitle = (text: string, title: string) => ['("', "(`"].some((quote) => text.includes(`${quote}${title}`));

describe("THREATS.md", () => {
	it("has rows", () => expect(rows.length).toBeGreaterThan(25));

	it.each(rows)("names tests that there are: %s", (cell) => {
		const tests = named(cell);
		const [first] = tests;
		expect(first?.file).toMatch(/^(component|security|unit)\/[\w-]+\.test\.ts$/);
		for (const [index, { file, title }] of tests.entries()) {
			const whole = index > 0 && tests[index - 1] ? `${tests[index - 1]?.title}; ${title}` : title;
			const text = read(`test/${file}`);
			expect(isTitle(text, title) || isTitle(text, whole), `${file}: ${title}`).toBe(true);
		}
	});
});

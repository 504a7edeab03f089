import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { zhFirst } from "../../src/web/i18n/first-words.zh-CN.ts";
import { zhMore } from "../../src/web/i18n/more-words.zh-CN.ts";

const source = /(?:^|\n)(?:import|export)(?! type)[^;"]*"(\.[^"]+\.tsx?)"/g;
const aliased = /(?:^|\n)import(?! type)[^;"]*"#core\/([^"]+)"/g;

/** What comes with the first load: all that the page's first file imports, and what that imports. */
function firstLoad(file: URL, seen = new Map<string, string>()): Map<string, string> {
	if (seen.has(file.href)) return seen;
	const text = readFileSync(file, "utf8");
	seen.set(file.href, text);
	for (const [, path = ""] of text.matchAll(source)) firstLoad(new URL(path, file), seen);
	for (const [, path = ""] of text.matchAll(aliased))
		firstLoad(new URL(`../../src/core/${path}`, import.meta.url), seen);
	return seen;
}

test("what the first load shows has its words with it, and no words come twice", () => {
	const files = firstLoad(new URL("../../src/web/main.tsx", import.meta.url));
	expect([...files.keys()].some((name) => name.endsWith("/wall-page.tsx"))).toBe(true);
	expect([...files.keys()].some((name) => name.endsWith("/history-page.tsx"))).toBe(false);
	const missing = [...files].flatMap(([name, text]) =>
		Object.keys(zhMore)
			.filter((group) => new RegExp(`["'\`]${group}\\.\\w`).test(text))
			.map((group) => `${name.split("/src/").at(-1)} says ${group}.…`),
	);
	expect(missing).toEqual([]);
	expect(Object.keys(zhMore).filter((group) => group in zhFirst)).toEqual([]);
});

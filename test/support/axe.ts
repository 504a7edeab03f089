import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const file = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Violation {
	readonly id: string;
	readonly impact: string | null;
	readonly nodes: readonly { readonly html: string }[];
}

/** What axe-core finds serious or critical in the window that is open, or else in the page's own content; each with the first element that is meant. */
export async function seriousProblems(page: Page): Promise<readonly string[]> {
	await page.evaluate(await readFile(file, "utf8"));
	const violations = await page.evaluate<Violation[]>(
		"axe.run(document.querySelector('dialog[open]') ?? document.querySelector('main'), { resultTypes: ['violations'] }).then(({ violations }) => violations)",
	);
	return violations
		.filter(({ impact }) => impact === "serious" || impact === "critical")
		.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
}

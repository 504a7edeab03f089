import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type AxeCore from "axe-core";
import type { BrowserContext, Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Put into each document before its own scripts, by the browser itself: the page's security policy lets no script in later. */
export const bringAxe = (context: BrowserContext): Promise<unknown> => context.addInitScript(axeSource);

/** What an accessibility checker calls serious or critical; a contrast below AA is among it. */
export async function findInaccessible(page: Page): Promise<readonly string[]> {
	return page.evaluate(async () => {
		const { axe } = globalThis as never as { axe: typeof AxeCore };
		const { violations } = await axe.run(document, {
			runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
			resultTypes: ["violations"],
		});
		return violations
			.filter(({ impact }) => impact === "serious" || impact === "critical")
			.flatMap(({ id, nodes }) =>
				nodes.slice(0, 3).map(({ target, failureSummary }) => {
					const why = (failureSummary ?? "").split("\n").slice(1, 2).join("").trim();
					return `${id}: ${target.join(" ")}: ${why}`;
				}),
			);
	});
}

/** The page moves sideways, or text is cut off where nothing tells the rest of it. */
export async function findClipped(page: Page): Promise<readonly string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		const root = document.documentElement;
		const name = (element: Element) =>
			`${element.tagName.toLowerCase()}.${[...element.classList].join(".")} "${(element.textContent ?? "").trim().slice(0, 30)}"`;
		if (root.scrollWidth > root.clientWidth) {
			const wide = [...document.querySelectorAll("body *")].filter(
				(each) => each.getBoundingClientRect().right > root.clientWidth + 1 && !isWithinScroller(each),
			);
			found.push(
				`the page is ${root.scrollWidth - root.clientWidth} px too wide: ${wide.slice(-2).map(name).join(", ")}`,
			);
		}
		for (const element of document.querySelectorAll<HTMLElement>("body *")) {
			if (element.clientWidth === 0 || !hasOwnText(element)) continue;
			const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
			const isHidden = (overflow: string) => overflow === "hidden" || overflow === "clip";
			const isForReadersAlone = element.clientWidth <= 1 || element.clientHeight <= 1;
			if (isForReadersAlone) continue;
			const isTold = textOverflow === "ellipsis" && element.closest("[title], [aria-label]") !== null;
			if (isHidden(overflowX) && element.scrollWidth > element.clientWidth && !isTold)
				found.push(`cut off at its side: ${name(element)}`);
			const isClamped = getComputedStyle(element).webkitLineClamp !== "none";
			if (isHidden(overflowY) && element.scrollHeight > element.clientHeight + 2 && !isClamped && !isTold)
				found.push(`cut off below: ${name(element)}`);
		}
		return found;

		function hasOwnText(element: Element): boolean {
			return [...element.childNodes].some(
				({ nodeType, nodeValue }) => nodeType === 3 && (nodeValue ?? "").trim() !== "",
			);
		}
		function isWithinScroller(element: Element): boolean {
			for (let each = element.parentElement; each; each = each.parentElement) {
				const { overflowX } = getComputedStyle(each);
				if (overflowX !== "visible" && each !== document.body && each !== root) return true;
			}
			return false;
		}
	});
}

import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { openPage, startBrowser } from "../support/browser.ts";
import { pageRoutes } from "../support/page-routes.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";
import { seedTwoSites, type TwoSites } from "../support/two-sites.ts";
import { putMarkers, script } from "./support/put-markers.ts";
import { tried } from "./support/tried.ts";

/**
 * Every text that people, edges and authorities can put into the database is a script here; every page is opened. No
 * script ran, the security policy had nothing to stop, and the markers stand on the page as what they are: text.
 */
const kind = "scripts in texts (XSS)";
const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));

const openedBy: Readonly<Record<string, string>> = {
	...{ "/clues": "wang", "/clues/:number": "wang", "/guard": "guo" },
};

test("texts are text on every page", { timeout: 240_000 }, async () => {
	const server = await buildTestApp({ name: script }, { pageFolder });
	atEnd(() => server.close());
	const sites = await seedTwoSites(server);
	await server.person("wang", "traffic_police", { scopes: [], receiverId: sites.receiverId });
	await server.person("guo", "guard");
	const columns = putMarkers(server.parts.store);
	expect(columns.length, columns.join()).toBeGreaterThan(25);

	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const pages = new Map<string, Page>();
	let shown = 0;
	for (const route of pageRoutes()) {
		const name = openedBy[route] ?? "boss";
		const page = pages.get(name) ?? (await signedIn(await watched(browser), url, name));
		pages.set(name, page);
		await page.goto(url + addressOf(route, sites.own), { waitUntil: "domcontentloaded" });
		await page.locator("main, form, [data-testid=guard-page]").first().waitFor();
		await page.waitForFunction(() => document.querySelector(".loading") === null);
		const found = await page.evaluate(lookAround);
		shown += found.markers;
		tried(kind, `${route}: a script ran`, found.ran === 0, found);
		tried(kind, `${route}: the policy had to stop something`, found.stopped.length === 0, found.stopped);
		tried(kind, `${route}: elements that nobody made`, found.injected.length === 0, found.injected);
	}
	for (const column of columns) tried(kind, column, true);
	expect(shown).toBeGreaterThan(30); // the markers are seen, so they were there to be run
});

/** Whatever would run says so, and so does whatever the security policy stops. */
async function watched(browser: Awaited<ReturnType<typeof startBrowser>>): Promise<Page> {
	const { page } = await openPage(browser);
	await page.addInitScript(() => {
		const seen = globalThis as never as { ran: number; stopped: string[] };
		seen.ran = 0;
		seen.stopped = [];
		Object.defineProperty(globalThis, "keepclearXss", { value: () => (seen.ran += 1) });
		globalThis.alert = () => (seen.ran += 1);
		document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
			// The schema library asks once whether it may compile; it may not, and goes on without.
			if (blockedURI !== "eval") seen.stopped.push(`${violatedDirective} ${blockedURI}`);
		});
	});
	return page;
}

function lookAround(): { ran: number; stopped: string[]; injected: string[]; markers: number } {
	const { ran, stopped } = globalThis as never as { ran: number; stopped: string[] };
	const suspects = document.querySelectorAll(
		"[onerror], [onload], [onclick], [onfocus], img[src='x'], iframe, object, embed, base, body script, svg script, a[href^='javascript:' i]",
	);
	const injected = [...suspects]
		.map(({ outerHTML }) => outerHTML.slice(0, 200))
		.filter((html) => !/^<script[^>]* src="\/assets\//.test(html));
	const text = document.body.textContent ?? "";
	return { ran, stopped, injected, markers: text.split("onerror=keepclearXss()").length - 1 };
}

async function signedIn(page: Page, url: string, name: string): Promise<Page> {
	await page.goto(url);
	await page.fill("input[autocomplete=username]", name);
	await page.fill("input[autocomplete=current-password]", password);
	await page.click("button[type=submit]");
	await page.locator("input[autocomplete=username]").waitFor({ state: "detached" });
	return page;
}

function addressOf(route: string, own: TwoSites["own"]): string {
	const examples: Readonly<Record<string, string>> = {
		...{ "/alerts/:id": own.alert, "/clues/:number": own.transfer, "/organisation/:id": own.site },
		...{ "/cameras/:id": own.camera, "/cameras/:id/edit": own.camera, "/cameras/:id/zones": own.camera },
	};
	const example = examples[route] ?? own.site;
	return route.replace(/:\w+/, encodeURIComponent(example));
}

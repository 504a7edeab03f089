import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { openPage, startBrowser } from "../support/browser.ts";
import { putDemoYear } from "../support/demo-year.ts";
import { bringAxe, findClipped, findInaccessible } from "../support/page-checks.ts";
import { pageRoutes } from "../support/page-routes.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings, keepPage } from "../support/story.ts";
import { seedTwoSites, type TwoSites } from "../support/two-sites.ts";

/**
 * Every page, in both languages, on a desk and on a telephone: an accessibility checker finds nothing serious, the page does not
 * move sideways, no text is cut off. Chinese in the light theme, English in the dark one. `KEEPCLEAR_PAGES=/alerts,/history`
 * looks at those alone.
 */
const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));
const widths = [1440, 390];

/** Who opens a page; who is not named here is the administrator. */
const openedBy: Readonly<Record<string, string>> = {
	"/": "anna",
	"/handover": "anna",
	"/audit": "audit",
	"/clues": "wang",
	"/clues/:number": "wang",
	"/transfers": "lead",
	"/guard": "guo",
};

test(
	"every page can be read by everybody, in both languages, on a desk and on a telephone",
	{ timeout: 600_000 },
	async () => {
		const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
		atEnd(() => server.close());
		const sites = await seedTwoSites(server);
		await putDemoYear(server, { admin: "boss", manager: "lead", officers: ["anna", "berta"] }, { days: 60 });
		const { own } = sites;
		await server.person("wang", "traffic_police", { scopes: [], receiverId: sites.receiverId });
		await server.person("guo", "guard");
		await server.person("audit", "auditor");
		const dora = await server.person("dora", "duty_officer");
		const { people } = (await dora("GET", "/api/handling/people")).json<{ people: { id: string; name: string }[] }>();
		const to = { userId: people.find(({ name }) => name === "guo")?.id };
		const standing = server.parts.store
			.prepare<[], string>("SELECT id FROM alerts WHERE lane_id = 'qinghe-east-gate' AND cleared_at IS NULL")
			.pluck()
			.get();
		const sent = await dora("POST", `/api/alerts/${standing}/handling`, {
			json: { kind: "dispatched", to, note: "白色面包车", seen: 1_000_000 },
		});
		expect(sent.statusCode, sent.body).toBeLessThan(300);
		const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
		const browser = await startBrowser();
		atEnd(() => browser.close());

		const asked = process.env["KEEPCLEAR_PAGES"]?.split(",");
		const routes = pageRoutes().filter((route) => asked?.includes(route) ?? true);
		const faults: string[] = [];
		for (const language of ["zh-CN", "en"] as const) {
			const people = new Map<string, Page>();
			const pageOf = async (name: string) => {
				const page = people.get(name) ?? (await signedInPage(browser, url, name, language));
				people.set(name, page);
				return page;
			};
			if (!asked) faults.push(...(await look(await freshPage(browser, url, language), "sign-in", language)));
			for (const route of routes) {
				const page = await pageOf(openedBy[route] ?? "boss");
				await page.goto(`${url}${addressOf(route, own)}`);
				faults.push(...(await look(page, route, language)));
			}
			for (const page of people.values()) await page.context().close();
		}
		expect(faults, faults.join("\n")).toEqual([]);
	},
);

async function look(page: Page, route: string, language: string): Promise<readonly string[]> {
	const faults: string[] = [];
	await page.locator("main, form, [data-testid=guard-page]").first().waitFor();
	await settled(page);
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		await keepPage(`page-${route.replaceAll(/[/:]+/g, "-")}-${language}-${width}`, page);
		const found = [...(await findClipped(page)), ...(await findInaccessible(page))];
		faults.push(...found.map((fault) => `${route} ${language} ${width} px: ${fault}`));
	}
	return faults;
}

/** Nothing is being fetched any more, and nothing moves. */
async function settled(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			document.querySelector(".loading") === null &&
			[...document.images].every(({ complete, loading }) => complete || loading === "lazy") &&
			document.getAnimations().every(({ playState, effect }) => {
				const endless = effect?.getComputedTiming().iterations === Infinity;
				return endless || playState !== "running";
			}),
	);
}

async function freshPage(browser: Browser, url: string, language: string): Promise<Page> {
	const { page } = await openPage(browser);
	await bringAxe(page.context());
	const theme = language === "en" ? "dark" : "light";
	await page.addInitScript(
		([language, theme]) => {
			localStorage.setItem("keepclear.language", language as string);
			localStorage.setItem("keepclear.theme", theme as string);
		},
		[language, theme],
	);
	await page.goto(url);
	return page;
}

async function signedInPage(browser: Browser, url: string, name: string, language: string): Promise<Page> {
	const page = await freshPage(browser, url, language);
	await page.fill("input[autocomplete=username]", name);
	await page.fill("input[autocomplete=current-password]", password);
	await page.click("button[type=submit]");
	await page.locator("input[autocomplete=username]").waitFor({ state: "detached" });
	return page;
}

/** A page with a part that nobody here knows must be given an example, or it would be looked at as "not found". */
function addressOf(route: string, own: TwoSites["own"]): string {
	const examples: Readonly<Record<string, string>> = {
		...{ "/alerts/:id": own.alert, "/clues/:number": own.transfer, "/organisation/:id": own.site },
		...{ "/cameras/:id": own.camera, "/cameras/:id/edit": own.camera, "/cameras/:id/zones": own.camera },
	};
	if (!route.includes(":")) return route;
	const example = examples[route] ?? (/:siteId\b/.test(route) ? own.site : undefined);
	if (example === undefined)
		throw new Error(`${route}: give it an example in test/e2e/every-page-is-accessible.test.ts`);
	return route.replace(/:\w+/, encodeURIComponent(example));
}

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { openPage, startBrowser } from "../support/browser.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";
import { seedTwoSites } from "../support/two-sites.ts";

const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));

test("a street officer sees the wall of the own site alone; the police begin with what was handed to them", async () => {
	const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
	atEnd(() => server.close());
	const { receiverId } = await seedTwoSites(server);
	await server.person("王师傅", "street_officer", { scopes: [{ kind: "site", id: "estate" }] });
	await server.person("交警", "traffic_police", { scopes: [], receiverId });
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());

	const officer = await openPage(browser);
	await signIn(officer.page, url, "王师傅");
	await officer.page.waitForSelector("[data-testid=wall]");
	expect(await officer.page.locator(".top-nav a").allTextContents()).toEqual(
		expect.not.arrayContaining([expect.stringMatching(/策略|边缘节点|线索移交/)]),
	);
	await officer.page.waitForSelector("text=东门消防车通道");
	expect(await officer.page.content()).not.toContain("harbour");
	await officer.page.click("a[href='/account']");
	await officer.page.click("a[href='/roles']");
	await officer.page.waitForSelector("[data-testid=rights-table]");
	expect(await officer.page.textContent("main")).toContain("您的角色是街道和网格员");
	await keep(officer.page, "roles");

	const police = await openPage(browser);
	await signIn(police.page, url, "交警");
	await police.page.waitForSelector("[data-testid=clue-row]");
	expect(await police.page.locator("[data-testid=clue-row]").count()).toBe(1);
	expect(await police.page.locator(".top-nav a").allTextContents()).toEqual(["线索收件"]);
	await keep(police.page, "police");
	expect([officer.problems, police.problems]).toEqual([[], []]);
});

async function signIn(page: Page, url: string, name: string): Promise<void> {
	await page.goto(url);
	await page.fill("input[autocomplete=username]", name);
	await page.fill("input[autocomplete=current-password]", password);
	await page.click("button[type=submit]");
}

/** `KEEPCLEAR_STORY_FOLDER=/tmp/stories`: as it is seen on a desk and on a telephone. */
async function keep(page: Page, name: string): Promise<void> {
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	for (const width of [1440, 390]) {
		await page.setViewportSize({ width, height: 900 });
		await page.screenshot({ path: join(folder, `roles-${name}-${width}.png`), fullPage: true });
	}
	await page.setViewportSize({ width: 1440, height: 900 });
}

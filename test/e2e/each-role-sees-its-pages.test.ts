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

test("a guard sees the wall of the own site alone; the police begin with what was handed to them", async () => {
	const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
	atEnd(() => server.close());
	const { receiverId } = await seedTwoSites(server);
	await server.person("王师傅", "guard", { scopes: [{ kind: "site", id: "estate" }] });
	await server.person("交警", "traffic_police", { scopes: [], receiverId });
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());

	const guard = await openPage(browser);
	await signIn(guard.page, url, "王师傅");
	await guard.page.waitForSelector("[data-testid=wall]");
	expect(await guard.page.locator(".top-nav a").allTextContents()).toEqual(
		expect.not.arrayContaining([expect.stringMatching(/策略|边缘节点|线索移交/)]),
	);
	await guard.page.waitForSelector("text=东门消防车通道");
	expect(await guard.page.content()).not.toContain("harbour");
	await guard.page.click("a[href='/roles']");
	await guard.page.waitForSelector("[data-testid=rights-table]");
	expect(await guard.page.textContent("main")).toContain("您的角色是保安");
	await keep(guard.page, "roles");

	const police = await openPage(browser);
	await signIn(police.page, url, "交警");
	await police.page.waitForSelector("[data-testid=transfer-row]");
	expect(await police.page.locator("[data-testid=transfer-row]").count()).toBe(1);
	expect(await police.page.locator(".top-nav a").allTextContents()).toEqual(["线索移交"]);
	await keep(police.page, "police");
	await police.page.click("[data-testid=open-transfer]");
	await police.page.click("[data-testid=transfer-dialog] [data-testid=add-entry]");
	await police.page.selectOption("[name=entry-kind]", "returned");
	await police.page.selectOption("[name=reject-reason]", "unclear_picture");
	await police.page.click("[data-testid=save-entry]");
	await police.page.waitForSelector("[data-testid=transfer-dialog] [data-state=returned]");
	await keep(police.page, "police-returned");
	expect([guard.problems, police.problems]).toEqual([[], []]);
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

import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { openPage, startBrowser } from "../support/browser.ts";
import { putClue, startClueWorld } from "../support/clue.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));

test("an auditor finds who took evidence away, why and when, and takes the list away, which is recorded too", async () => {
	const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
	atEnd(() => server.close());
	const world = await startClueWorld(server);
	await putClue(world, "clue-1");
	await world.anna("GET", "/api/evidence/clue-1.panorama_entry");
	const why = encodeURIComponent("业主委员会来函");
	const taken = await world.lead("GET", `/api/alerts/clue-1/evidence-package?for=authority&reason=${why}`);
	expect(taken.statusCode).toBe(200);
	await server.person("审计员", "auditor");
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());

	const { page, problems } = await openPage(browser);
	await page.goto(url);
	await page.fill("input[autocomplete=username]", "审计员");
	await page.fill("input[autocomplete=current-password]", password);
	await page.click("button[type=submit]");
	await page.waitForSelector("[data-testid=audit-row][data-what=exported]");
	expect(await page.locator(".top-nav a").allTextContents()).toEqual(["审计"]);
	await keep(page, "1-all");

	await page.selectOption("[name=audit-what]", "exported");
	await page.waitForSelector("[data-testid=audit-row]:only-child");
	const row = (await page.textContent("[data-testid=audit-row]")) ?? "";
	expect(row).toContain("lead");
	expect(row).toContain("业主委员会来函");
	await page.fill("[name=audit-on]", "clue-9");
	await page.waitForSelector("text=没有符合条件的记录");
	await page.fill("[name=audit-on]", "clue-1");
	await page.waitForSelector("[data-testid=audit-row]");
	await keep(page, "2-found");

	await page.click("[data-testid=save-audit]");
	await page.fill("[name=reason]", "季度检查");
	const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-testid=reason-given]")]);
	expect(download.suggestedFilename()).toBe("keepclear-audit.csv");
	expect(await readFile(await download.path(), "utf8")).toContain("业主委员会来函");
	await page.fill("[name=audit-on]", "");
	await page.waitForSelector("[data-testid=audit-row] >> text=季度检查");
	expect(await page.textContent("[data-testid=audit-row]")).toContain("季度检查");
	expect(problems).toEqual([]);
});

/** `KEEPCLEAR_STORY_FOLDER=/tmp/stories`: each step as it is seen on a desk and on a telephone. */
async function keep(page: Page, name: string): Promise<void> {
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	for (const width of [1440, 390]) {
		await page.setViewportSize({ width, height: 900 });
		await page.screenshot({ path: `${folder}/audit-${name}-${width}.png`, fullPage: true });
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { TransferAnswer } from "#contract/transfers-api.ts";
import { openPage, startBrowser } from "../support/browser.ts";
import { putClue, putMarkings, review, startClueWorld } from "../support/clue.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));

test("an officer receives a clue, looks at it whole, takes its package, and returns it with a reason", async () => {
	const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
	atEnd(() => server.close());
	const world = await startClueWorld(server);
	await putMarkings(world);
	for (const id of ["clue-1", "clue-2"]) {
		await putClue(world, id);
		await review(id, world.anna, world.lead);
	}
	const sent: string[] = [];
	for (const id of ["clue-1", "clue-2"]) {
		const answer = await world.lead("POST", `/api/alerts/${id}/transfer`, { json: { receiver: world.police.id } });
		sent.push(answer.json<TransferAnswer>().number);
	}
	await server.person("wang", "traffic_police", { scopes: [], receiverId: world.police.id });
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());

	const { page, problems } = await openPage(browser);
	await page.clock.setFixedTime(server.clock.now); // what is dated today on the page is dated today at the server
	await page.goto(url);
	await page.fill("input[autocomplete=username]", "wang");
	await page.fill("input[autocomplete=current-password]", password);
	await page.click("button[type=submit]");
	await page.waitForSelector("[data-testid=clue-row]");
	expect(await page.locator("[data-testid=clue-row]").count()).toBe(2);
	expect(await page.textContent("[data-testid=clue-rows]")).toContain("2026-12-03 到期");
	await keep(page, "1-clues");

	await page.click("[data-testid=clue-search] summary");
	await page.fill("[name=search-plate]", "蒙B12345");
	await page.click("[data-testid=search-clues]");
	await page.waitForSelector("text=请写明查找原因");
	await page.fill("[name=search-reason]", "当事人提出异议");
	await page.click("[data-testid=search-clues]");
	await page.waitForSelector("[data-testid=clues-found] >> text=共 2 条线索");
	await keep(page, "2-search");

	await page.click(`[data-testid=clue-row][data-number=${sent[0]}] a`);
	await page.waitForSelector("[data-testid=clue-page]");
	expect(await page.getAttribute("[data-testid=clue-plate] [role=img]", "aria-label")).toBe("蒙B12345");
	await page.waitForSelector("[data-testid=verification][data-holds=true]");
	await page.locator("[data-testid=compare] input[type=range]").fill("20");
	expect(await page.locator(".compare-over").getAttribute("style")).toContain("80%");
	for (const image of await page.locator("[data-testid=compare] img").all()) await image.waitFor();
	await keep(page, "3-clue");

	await page.click("[data-testid=say-receipt]");
	await page.fill("[name=entry-person]", "王警官");
	await page.click("[data-testid=save-entry]");
	await page.waitForSelector("[data-testid=clue-page][data-state=received]");
	const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-testid=package]")]);
	expect(download.suggestedFilename()).toBe(`${sent[0]}.zip`);

	await page.click("[data-testid=say-returned]");
	await page.click("[data-testid=save-entry]");
	await page.waitForSelector(".field-error >> text=请选择理由");
	await page.selectOption("[name=reject-reason]", "unclear_picture");
	await page.click("[data-testid=save-entry]");
	await page.waitForSelector("[data-testid=clue-page][data-state=returned]");
	await keep(page, "4-returned");

	const told = (await world.lead("GET", `/api/transfers/${sent[0]}`)).json<TransferAnswer>();
	expect(told).toMatchObject({
		state: "returned",
		entries: [{ by: "wang" }, { by: "wang", reason: "unclear_picture" }],
	});
	await page.goto(`${url}/alerts/clue-1`);
	await page.waitForSelector("main button >> text=重试");
	expect(await page.textContent("main")).not.toContain("东门消防车通道");
	expect(problems.filter((each) => !/403/.test(each))).toEqual([]);
});

/** `KEEPCLEAR_STORY_FOLDER=/tmp/stories`: each step as it is seen on a desk and on a telephone. */
async function keep(page: Page, name: string): Promise<void> {
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	for (const [width, height] of [
		[1440, 900],
		[390, 844],
	] as const) {
		await page.setViewportSize({ width, height });
		await page.screenshot({ path: `${folder}/police-${name}-${width}.png`, fullPage: true });
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

import { fileURLToPath } from "node:url";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planLane } from "../../fixtures/year/plan-lane.ts";
import { putLane } from "../../fixtures/year/put-lane.ts";
import { openPage, startBrowser } from "../support/browser.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));
const until = Date.parse("2026-11-26T20:00:00+08:00");
const from = until - 60 * 86_400_000;

test("a figure of the history is narrowed, opened to its alerts, and saved as a table", async () => {
	const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
	atEnd(() => server.close());
	server.clock.now = until;
	const boss = await server.person("boss", "admin");
	server.edge("edge-1");
	const camera = { name: "东门", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	const { id: cameraId } = (await boss("POST", "/api/cameras", { json: camera })).json<{ id: string }>();
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zones = [{ id: "lane-1", name: "东门消防车通道", kind: "fire_lane", polygon }];
	await boss("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
	const plan = planLane({ laneId: "lane-1", seed: 3, timeZone: "Asia/Shanghai", from, to: until });
	const edge = { siteId: "estate", edgeId: "edge-1" };
	putLane(server.parts, { edge, laneId: "lane-1", cameraId }, plan, { from, to: until });
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());

	const { page, problems } = await openPage(browser);
	await page.goto(`${url}/history?from=2026-10-01&to=2026-11-26`);
	await page.fill("input[autocomplete=username]", "boss");
	await page.fill("input[autocomplete=current-password]", password);
	await page.click("button[type=submit]");
	await page.waitForSelector("[data-testid=group-table]");
	const counted = Number(await page.textContent("[data-testid=figure-alerts] .figure-value"));
	const wanted = plan.alerts.filter(({ enteredAt }) => enteredAt >= Date.parse("2026-10-01T00:00:00+08:00")).length;
	expect(counted).toBe(wanted);
	await page.click("[data-testid=figure-alerts] button");
	await page.waitForSelector("[data-testid=figure-alert]");
	expect(await page.locator("[data-testid=figure-alert]").count()).toBe(Math.min(counted, 50));
	const alert = await page.getAttribute("[data-testid=figure-alert] a", "href");
	await page.keyboard.press("Escape");
	await page.selectOption("[name=weekday]", { label: "周六、周日" });
	await page.waitForURL(/weekday=6%2C7/);
	await page.click("button:has-text('时段')");
	const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-testid=xlsx]")]);
	expect(download.suggestedFilename()).toBe("keepclear-hour-2026-10-01-2026-11-26.xlsx");
	await page.goto(`${url}/history?from=2020-01-01&to=2020-01-31`);
	await page.waitForSelector("[data-testid=history-none]");
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (folder) {
		await mkdir(folder, { recursive: true });
		await page.screenshot({ path: join(folder, "history.png"), fullPage: true });
	}
	// What the edge never told a list of photos of says so, in place of nothing.
	await page.goto(url + alert);
	await page.waitForSelector("[data-testid=no-photo-list] :text('没有取证照片')");
	if (folder) await page.screenshot({ path: join(folder, "no-photo-list.png"), fullPage: true });
	expect(problems).toEqual([]);
});

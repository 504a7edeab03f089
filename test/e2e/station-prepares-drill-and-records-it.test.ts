import { readFile } from "node:fs/promises";
import sharp from "sharp";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { DrillsAnswer } from "#contract/drills-api.ts";
import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import { createUser } from "../../src/server/accounts/accounts-actions.ts";
import { textOfPdf } from "../support/pdf-text.ts";
import { until } from "../support/poll.ts";
import { endings, keepPage } from "../support/story.ts";
import { signedIn, startWatchedSite } from "../support/watched-site.ts";

const atEnd = endings();
const password = "correct-horse-battery";

test("a station finds the address, sees which way in is free, prepares a drill and records it, also without a network", async () => {
	const site = await startWatchedSite(atEnd);
	const { server, boss, browser } = site;
	const { store, feed } = server.parts;
	const scopes = [{ kind: "site" as const, id: "estate" }];
	for (const [name, role] of [
		["清禾站", "fire_station"],
		["二站", "fire_station"],
		["刘经理", "property_manager"],
	] as const)
		await createUser(store, { name, role, scopes, password }, Date.now());
	store.prepare("UPDATE sites SET name = '阳光花园', address = '清禾路 18 号' WHERE id = 'estate'").run();
	const laneIs = (state: string) => {
		const now = Date.now();
		store.prepare("UPDATE lanes SET state = ?, since = ?, state_at = ?").run(state, now, now);
		store.prepare("UPDATE edges SET state_at = ?").run(now);
		feed.append("lane", "lane-1", now);
	};
	laneIs("clear");
	const problems: string[][] = [];
	const as = (name: string, more: object = {}) => signedIn(browser, server.url, name, { problems, ...more });

	// The property says what no camera sees.
	const manager = await as("刘经理");
	await manager.goto(`${server.url}/sites/estate/card`);
	const lane = manager.getByTestId("card-lane");
	await lane.locator("[name=widthM]").fill("4.2");
	await lane.locator("[name=heightM]").fill("-3");
	await lane.locator("[name=entry]").selectOption("best");
	await manager.getByTestId("add-gate").click();
	await manager.getByTestId("card-feature").locator("[name=name]").fill("东门电动门 🚪");
	await manager.getByTestId("card-save").click();
	await manager.getByText("请填 0.1 到 500 之间的数字").waitFor();
	await lane.locator("[name=heightM]").fill("4.5");
	await manager.locator("[name=bestEntry]").fill("由清禾路东门进");
	await manager.getByTestId("card-save").click();
	await manager.getByTestId("card-history").getByText("刘经理").waitFor();
	await keepPage("station-card", manager);

	// A call: found by a part of the address, free, then blocked while one looks.
	const tablet = await as("清禾站", { width: 1024, height: 768 });
	await tablet.goto(`${server.url}/call`);
	await tablet.getByTestId("site-search").fill("清禾路18");
	const opened = Date.now();
	await tablet.getByTestId("to-call").click();
	await tablet.locator("[data-testid=call-lane][data-state=free]").waitFor();
	expect(Date.now() - opened).toBeLessThan(2_000);
	await tablet.getByText("走首选路线").waitFor();
	laneIs("occupied");
	site.raise("alert-1");
	await tablet.locator("[data-testid=call-lane][data-state=blocked]").waitFor();
	await tablet.getByText("没有一条路线确认畅通").waitFor();
	expect(await tablet.getByTestId("call-lane").textContent()).toContain("堵塞");
	// Without a network nothing stays green, or red: it is unknown.
	await tablet.context().setOffline(true);
	await tablet.locator("[data-testid=call-page][data-stale=true]").waitFor({ timeout: 40_000 });
	expect(await tablet.locator("[data-testid=call-lane]").getAttribute("data-state")).toBe("unknown");
	await keepPage("station-call-stale", tablet);
	await tablet.context().setOffline(false);
	await tablet.locator("[data-testid=call-lane][data-state=blocked]").waitFor({ timeout: 30_000 });

	// The pack, on the tablet and on paper.
	await tablet.goto(`${server.url}/drill`);
	await tablet.getByTestId("station-goal").and(tablet.locator("[data-done=false]")).waitFor();
	await tablet.getByTestId("to-pack").click();
	await tablet.getByTestId("pack-history").waitFor();
	expect(await tablet.getByTestId("pack-lanes").textContent()).toContain("4.2 米");
	await tablet.getByTestId("chance-hour").selectOption("3");
	await tablet.getByTestId("chance-answer").getByText("不知道").waitFor();
	await keepPage("station-pack", tablet);
	const [download] = await Promise.all([tablet.waitForEvent("download"), tablet.getByTestId("pack-pdf").click()]);
	const pages = textOfPdf(await readFile(await download.path()));
	expect(pages.length).toBeLessThanOrEqual(6);
	const words = pages.join("\n");
	for (const said of ["阳光花园", "堵塞", "4.2 米", "由清禾路东门进"]) expect(words).toContain(said);

	// The record: what is missing is said, a draft outlives a reload, and the network may be gone.
	await tablet.getByTestId("to-record").click();
	await tablet.getByTestId("record-save").click();
	await tablet.getByTestId("record-mistakes").waitFor();
	await tablet.locator("[name=content]").fill("消防车通行测试");
	await tablet.locator("[name=people]").fill("李强\n周磊 🚒");
	const drilled = tablet.getByTestId("drill-lane");
	await drilled.getByText("未通过").click();
	await drilled.locator("[name=why]").fill("石墩挡道");
	await drilled.locator("[name=minutesToReach]").fill("6.5");
	await drilled.locator("[name=carsMoved]").fill("1");
	const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background: "#a63" } })
		.jpeg()
		.toBuffer();
	await tablet.getByTestId("drill-file").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
	await drilled.locator("img").waitFor();
	await tablet.getByTestId("draft-kept").getByText("草稿已保存").waitFor();
	await until("the photo to be kept with the draft", async () => ((await keptPhotos(tablet)) === 1 ? true : undefined));
	await tablet.reload();
	await drilled.locator("img").waitFor();
	expect(await tablet.locator("[name=content]").inputValue()).toBe("消防车通行测试");
	await keepPage("station-record", tablet);

	// Another station was first: it is told, looked at, and both stay.
	const other = await server.signIn("二站", password);
	const record = {
		...{ station: "二站", startedAt: Date.now() - 3_600_000, endedAt: Date.now(), place: "阳光花园", content: "x" },
		...{ departments: ["二站"], people: ["赵"], lanes: [{ laneId: "lane-1", result: "passed" }] },
	};
	await other.json("/api/sites/estate/drills/drill.other", { method: "PUT", json: { seen: 0, record } });
	await tablet.context().setOffline(true);
	await tablet.getByTestId("record-save").click();
	await tablet.getByTestId("record-waiting").waitFor();
	await tablet.context().setOffline(false);
	await tablet.getByTestId("record-late").waitFor({ timeout: 30_000 });
	await tablet.getByTestId("save-too").click();
	await tablet.getByTestId("pack-page").waitFor();
	const drills = await until("both records to be there", async () => {
		const answer = await boss.json<DrillsAnswer>("/api/drills");
		return answer.drills.length === 2 ? answer.drills : undefined;
	});
	expect(drills[0]).toMatchObject({ by: "清禾站", record: { people: ["李强", "周磊 🚒"] } });
	expect(drills[0]?.record.lanes[0]).toMatchObject({ result: "failed", why: "石墩挡道", carsMoved: 1 });
	expect(drills[0]?.record.lanes[0]?.photos).toHaveLength(1);
	const card = await boss.json<SiteCardAnswer>("/api/sites/estate/card");
	expect(card.lanes[0]?.lastDrill).not.toBeNull();
	await tablet.goto(`${server.url}/drill`);
	await tablet.locator("[data-testid=station-goal][data-done=true]").first().waitFor();
	await keepPage("station-list", tablet);
	expect(problems.flat()).toEqual([]);
});

/** How many photos the drafts on the tablet name. */
const keptPhotos = (page: Page): Promise<number> =>
	page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const asked = indexedDB.open("keepclear-drills");
				asked.onerror = () => reject(new Error("the tablet's database cannot be opened"));
				asked.onsuccess = () => {
					const all = asked.result.transaction("drafts").objectStore("drafts").getAll();
					all.onsuccess = () => {
						asked.result.close();
						const drafts = all.result as { lanes: { photos: string[] }[] }[];
						resolve(drafts.flatMap(({ lanes }) => lanes.flatMap(({ photos }) => photos)).length);
					};
				};
			}),
	);

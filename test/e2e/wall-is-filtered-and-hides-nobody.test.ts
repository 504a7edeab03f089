import { expect, test } from "vitest";
import { putAlert } from "../support/server-rows.ts";
import { endings, keepPage } from "../support/story.ts";
import { signedIn, startWatchedSite } from "../support/watched-site.ts";

const atEnd = endings();

test("a duty officer looks at one site alone, and what needs somebody elsewhere is one click away", async () => {
	const { server, boss, browser, raise } = await startWatchedSite(atEnd);
	const add = async (kind: string, json: object) =>
		(await boss.json<{ id: string }>(`/api/organisation/${kind}`, { method: "POST", json })).id;
	const districtId = await add("districts", { name: "东区" });
	const streetId = await add("streets", { name: "榆树街道", districtId });
	const siteId = await add("sites", { name: "榆树商场", streetId });
	server.createEdge("edge-2", siteId);
	const json = { name: "坡道枪机", edgeId: "edge-2", url: "rtsp://10.0.0.8/" };
	const camera = await boss.json<{ id: string }>("/api/cameras", { method: "POST", json });
	const polygon = [
		[0.1, 0.3],
		[0.9, 0.3],
		[0.9, 0.9],
	];
	const zones = ["坡道一号通道", "坡道二号通道"].map((name, n) => ({
		id: `ramp-${n}`,
		name,
		kind: "fire_lane",
		polygon,
	}));
	await boss.json(`/api/cameras/${camera.id}/zones`, { method: "PUT", json: { zones } });
	raise("occ-1");
	const { store } = server.parts;
	putAlert(store, { id: "occ-2", edgeId: "edge-2", laneId: "ramp-0", cameraId: camera.id, raisedAt: Date.now() });

	const problems: string[][] = [];
	const anna = await signedIn(browser, server.url, "安娜", { problems });
	const tiles = anna.getByTestId("lane-tile");
	await tiles.nth(2).waitFor();
	await anna.getByTestId("choose-site").selectOption({ label: "榆树商场" });
	await anna.locator("[data-testid=lanes-shown] >> text=显示 2 / 3").waitFor();
	expect(await tiles.count()).toBe(2);
	expect(await anna.getByTestId("alert-card").count()).toBe(1);
	expect(anna.url()).toContain(`site=${siteId}`);

	// A window over the wall leaves the filter in the address.
	await anna.getByTestId("open-alert").click();
	await anna.waitForURL(/alert=occ-2/);
	expect(anna.url()).toContain(`site=${siteId}`);
	await anna.keyboard.press("Escape");
	await anna.locator("dialog[open]").waitFor({ state: "detached" });

	const elsewhere = anna.getByTestId("attention-elsewhere");
	expect(await elsewhere.innerText()).toContain("1 条");
	await elsewhere.focus();
	await anna.keyboard.press("Enter");
	await anna.locator("[data-testid=alert-card][data-alert=occ-1]").waitFor();
	await keepPage("wall-filtered-1440", anna);

	// It is remembered: the page opened anew, without its address.
	await anna.goto(server.url);
	await anna.locator("[data-testid=lanes-shown] >> text=显示 2 / 3").waitFor();
	await anna.getByTestId("choose-class").selectOption("object");
	await anna.locator("[data-testid=lanes-shown] >> text=显示 0 / 3").waitFor();
	expect(await elsewhere.innerText()).toContain("2 条");
	await anna.getByTestId("show-all").click();
	await tiles.nth(2).waitFor();
	expect(anna.url()).not.toContain("site=");

	await anna.goto(`${server.url}/alerts?site=${siteId}`);
	await anna.locator("[data-testid=lanes-shown] >> text=显示 2 / 3").waitFor();
	await anna.locator("[data-testid=alert-rows] >> text=坡道一号通道").waitFor();
	await anna.locator("[data-testid=alert-rows] >> text=东门消防车通道").waitFor({ state: "detached" });
	await keepPage("alerts-filtered-1440", anna);
	await anna.getByTestId("attention-elsewhere").click();
	await anna.locator("[data-testid=alert-rows] >> text=东门消防车通道").waitFor();

	// On a telephone the row is folded, and says how much is chosen.
	await anna.setViewportSize({ width: 390, height: 844 });
	await anna.goto(`${server.url}/?site=${siteId}`);
	const fold = anna.getByTestId("filter-fold");
	await anna.locator("[data-testid=filter-fold] >> text=已筛选 1 项").waitFor();
	expect(await anna.getByTestId("choose-site").isVisible()).toBe(false);
	await fold.focus();
	await anna.keyboard.press("Enter");
	await anna.getByTestId("choose-site").waitFor();
	expect(await anna.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
	await keepPage("wall-filtered-390", anna);
	await anna.getByTestId("language").click();
	await anna.locator("[data-testid=lanes-shown] >> text=2 of 3 lanes are shown").waitFor();
	await keepPage("wall-filtered-390-en", anna);
	await anna.goto(`${server.url}/alerts?site=${siteId}`);
	await anna.locator("[data-testid=attention-elsewhere] >> text=1 more alert elsewhere").waitFor();
	await keepPage("alerts-filtered-390-en", anna);
	await anna.setViewportSize({ width: 1440, height: 900 });
	await anna.goto(`${server.url}/?site=${siteId}`);
	expect(await fold.isVisible()).toBe(false);
	await anna.getByTestId("choose-site").waitFor();
	await keepPage("wall-filtered-1440-en", anna);
	expect(problems.flat()).toEqual([]);
});

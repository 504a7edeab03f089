import { expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { until } from "../support/poll.ts";
import { putAlert } from "../support/server-rows.ts";
import { endings, keepPage } from "../support/story.ts";
import { signedIn, startWatchedSite } from "../support/watched-site.ts";

const atEnd = endings();
const now = () => Date.now();

test("the duty officer handles an alert by keys, from the raise to the close, and hands the shift over", async () => {
	const { server, browser, raise } = await startWatchedSite(atEnd);
	const { store, feed } = server.parts;
	for (const [i, days] of [3, 9].entries()) {
		const raisedAt = now() - days * 86_400_000;
		putAlert(store, {
			...{
				id: `old-${i}`,
				edgeId: "edge-1",
				laneId: "lane-1",
				cameraId: "cam",
				raisedAt,
				clearedAt: raisedAt + 60_000,
			},
		});
	}
	const problems: string[][] = [];
	const page = await signedIn(browser, server.url, "安娜", { problems });
	raise("occ-1");
	const card = page.getByTestId("alert-card");
	await card.locator("text=高发点位").waitFor();
	await keepPage("officer-wall-1440", page);
	await page.keyboard.press("a");
	await card.locator("text=已确认").waitFor();
	await page.keyboard.press("d");
	await page.locator("select[name=to]").selectOption({ label: "王师傅" });
	await page.locator("textarea[name=note]").fill("白色面包车，请联系车主");
	await page.getByTestId("handling-save").click();
	await card.locator("text=王师傅").waitFor();

	await page.getByTestId("open-alert").click();
	const handling = page.locator("[data-testid=alert-drawer] [data-testid=handling]");
	/** What may be done next is asked of the server: the key works once its button is offered. */
	const press = async (key: string, button: string) => {
		await handling.locator(`[data-testid=${button}]:enabled`).waitFor();
		await page.keyboard.press(key);
	};
	await press("z", "handle-undo"); // sent to the wrong person: taken back while nothing followed
	await until("it to be taken back", async () => (await handling.getAttribute("data-state")) === "acknowledged");
	await press("d", "handle-dispatched");
	await page.locator("input[name=to-name]").fill("保安队长老李");
	await page.getByTestId("handling-save").click();
	await until("it to be given anew", async () => (await handling.getAttribute("data-state")) === "dispatched");
	await keepPage("officer-drawer-1440", page);

	// The camera sees it go, and a minute later still.
	const gone = now() - 61_000;
	store.prepare("UPDATE alerts SET cleared_at = ?, cleared_by = 'camera' WHERE id = 'occ-1'").run(gone);
	store.prepare("UPDATE lanes SET state = 'clear', since = ?, state_at = ?").run(gone, now());
	feed.append("alert", "occ-1", now());
	await until("the camera to prove it", async () => (await handling.getAttribute("data-state")) === "verified");
	await press("c", "handle-closed");
	await until("it to be closed", async () => (await handling.getAttribute("data-state")) === "closed");

	raise("occ-2");
	await page.goto(`${server.url}/handover`);
	await page.locator("[data-testid=open-cases] >> text=东门消防车通道").first().waitFor();
	await page.locator("textarea[name=note]").fill("东门有一辆白车，车主已在路上");
	await page.getByTestId("give-handover").click();
	await page.getByTestId("waiting-handover").waitFor();
	const next = await signedIn(browser, server.url, "白天", { problems });
	await next.goto(`${server.url}/handover`);
	await keepPage("handover-1440", next);
	await next.getByTestId("take-handover").click();
	await next.getByTestId("past-handover").filter({ hasText: "安娜 → 白天" }).waitFor();
	await next.setViewportSize({ width: 390, height: 844 });
	await keepPage("handover-390", next);
	await next.goto(`${server.url}/alerts/occ-2`);
	await next.getByTestId("handling").waitFor();
	await keepPage("officer-alert-390", next);
	await next.getByTestId("language").click();
	await keepPage("officer-alert-390-en", next);
	await next.setViewportSize({ width: 1440, height: 900 });
	await next.goto(server.url);
	await next.getByTestId("alert-card").waitFor();
	await keepPage("officer-wall-1440-en", next);
	const closed = await (await server.admin()).json<AlertAnswer>("/api/alerts/occ-1");
	expect(closed.handling).toMatchObject({ state: "closed", who: "保安队长老李" });
	expect(problems.flat()).toEqual([]);
});

import { expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { startBrowser } from "../support/browser.ts";
import { startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { addCamera, demoClip, demoZones } from "../support/scenes.ts";
import { endings, keepForReading } from "../support/story.ts";
import { laneIs, openWall } from "../support/wall.ts";

const atEnd = endings();

test("a van that parks in the lane becomes one alert with its evidence, and is cleared when it has left", async () => {
	const installation = await startInstallation();
	atEnd(() => installation.close());
	const camera = await startRtspCamera({
		streams: [{ path: "/gate", clip: demoClip, user: "viewer", password: "p@ss:w/rd" }],
	});
	atEnd(() => camera.close());
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const [zone] = await addCamera(installation, camera.url("/gate"), await demoZones()).then(({ zones }) => zones);
	const lane = zone?.id ?? "";
	const { page, problems } = await openWall(browser, installation);
	atEnd(() => keepForReading("van-parks-and-leaves", installation, page));

	await laneIs(page, lane, ["occupied"], 120_000);
	const card = page.getByTestId("alert-card");
	await card.waitFor();
	expect(await page.title()).toContain("(1)");

	await page.getByTestId("acknowledge").click();
	await page.getByTestId("open-alert").click();
	const detail = page.getByTestId("alert-detail");
	await detail.waitFor();
	for (const kind of ["still_entry", "still_raised"]) {
		await until(`the ${kind} to be seen`, () =>
			detail
				.locator(`[data-testid=${kind}] img`)
				.evaluateAll((images) => images.some((image) => (image as HTMLImageElement).naturalWidth >= 640)),
		);
	}
	const clip = detail.getByTestId("clip").first();
	await clip.waitFor({ timeout: 60_000 });
	await clip.evaluate((video) => (video as HTMLVideoElement).play());
	await until("the clip to play", () => clip.evaluate((video) => (video as HTMLVideoElement).currentTime > 0.5));
	const raised = await installation.api.get<{ alerts: AlertAnswer[] }>("/api/alerts");
	const playableAfterMs = Date.now() - (raised.alerts[0]?.raisedAt ?? 0);
	console.log(`the clip plays ${(playableAfterMs / 1000).toFixed(1)} s after the alert`);
	expect(playableAfterMs).toBeLessThan(15_000);

	await until("the alert to be cleared", () => detail.getAttribute("data-state").then((state) => state === "cleared"), {
		deadlineMs: 90_000,
	});
	const set = detail.getByTestId("photo-set");
	await until("all its evidence to be there", () => set.getAttribute("data-complete").then((done) => done === "true"), {
		deadlineMs: 60_000,
	});
	for (const kind of ["panorama_entry", "panorama_confirmed", "panorama_cleared"]) {
		await until(`the ${kind} to be seen in full`, () =>
			set
				.locator(`[data-testid=${kind}] img`)
				.evaluateAll((images) => images.some((image) => (image as HTMLImageElement).naturalWidth >= 1280)),
		);
	}
	expect(await set.getByTestId("stillness").getAttribute("data-verdict")).toBe("stood");
	// The demo's vehicles bear no plate: what is said of that is what can be known.
	await set
		.locator("[data-testid=plate-words][data-state=unread], [data-testid=plate-words][data-state=none]")
		.first()
		.waitFor();
	await set.getByTestId("overlay-copy").nth(2).waitFor();
	await page.goto(`${installation.url}/alerts/${await detail.getAttribute("data-alert")}`);
	await set.locator("[data-testid=panorama_cleared] img").waitFor();
	await keepForReading("van-photos-1440", installation, page);
	await page.setViewportSize({ width: 390, height: 844 });
	await keepForReading("van-photos-390", installation, page);
	const { alerts } = await installation.api.get<{ alerts: AlertAnswer[] }>("/api/alerts");
	const [alert, ...others] = alerts;
	expect(others).toEqual([]);
	expect(alert).toMatchObject({ laneId: lane, cause: "vehicle", clearedBy: "camera", acknowledged: { by: "admin" } });
	expect(alert!.raisedAt - alert!.enteredAt).toBeGreaterThanOrEqual(5000);
	expect(alert!.clearedAt).toBeGreaterThan(alert!.raisedAt);
	expect(alert!.evidenceSet?.plate).toMatchObject({ settled: true, isSure: false });
	const panoramas = alert!.evidenceSet?.items.filter(({ kind }) => kind.startsWith("panorama")) ?? [];
	expect(panoramas.every(({ masks }) => masks !== null)).toBe(true);
	console.log(JSON.stringify({ stillness: alert!.evidenceSet?.stillness, clock: alert!.evidenceSet?.clock }));
	const ids = alert!.evidence.map(({ id }) => id.slice(alert!.id.length + 1)).sort();
	expect(ids).toEqual(
		[
			...[
				"clip",
				"clip.confirmed",
				"panorama_cleared",
				"panorama_confirmed",
				"panorama_entry",
				"still_entry",
				"still_raised",
			],
			...["panorama_cleared.overlay", "panorama_confirmed.overlay", "panorama_entry.overlay"],
		].sort(),
	);
	expect(installation.logs()).not.toContain("p@ss");
	expect(installation.logs()).not.toContain("p%40ss");
	expect(problems).toEqual([]);
});

import { expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { startBrowser } from "../support/browser.ts";
import { startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { demoClip, demoZones } from "../support/scenes.ts";
import { endings, keepForReading } from "../support/story.ts";
import { openWall } from "../support/wall.ts";

const atEnd = endings();

test("a camera added and a zone drawn in the browser are watched without a restart", async () => {
	const installation = await startInstallation();
	atEnd(() => installation.close());
	const camera = await startRtspCamera({
		streams: [{ path: "/gate", clip: demoClip, user: "viewer", password: "s3cret" }],
	});
	atEnd(() => camera.close());
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openWall(browser, installation);
	atEnd(() => keepForReading("zone-drawn-in-the-browser", installation, page));

	// The wrong password first: the page says so in words.
	await page.goto(`${installation.url}/cameras/new`);
	await page.getByLabel("名称").fill("南门摄像机");
	const address = page.getByLabel("摄像机地址");
	const probe = page.getByTestId("probe");
	const connect = async (url: string, expected: "failed" | "ok") => {
		await address.fill(url); // user and password are taken out of it into their own fields
		await page.getByTestId("probe-start").click();
		await page.locator(`[data-testid=probe][data-state=${expected}]`).waitFor({ timeout: 40_000 });
	};
	await connect(camera.url("/gate").replace("s3cret", "wrong"), "failed");
	expect(await probe.innerText()).toContain("密码");
	await connect(camera.url("/gate"), "ok");
	await page.getByTestId("save-camera").click();

	const cameras = () =>
		installation.api.get<{ cameras: CameraAnswer[] }>("/api/cameras").then(({ cameras }) => cameras);
	const added = await until("the camera to be there", async () => (await cameras())[0]);
	expect(added.url).toContain("***");
	expect(added.url).not.toContain("s3cret");

	await page.goto(`${installation.url}/cameras/${added.id}/zones`);
	const canvas = page.getByTestId("zone-canvas");
	await canvas.waitFor({ timeout: 40_000 });
	const [zone] = await demoZones();
	const box = (await canvas.boundingBox())!;
	for (const [x, y] of zone!.polygon) await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
	await page.getByTestId("zone-finish").click();
	expect(await page.getByTestId("zone-point").count()).toBe(zone!.polygon.length);

	// Four known points: one marker goes a step to the right, and the net comes with the eighth number.
	await page.getByTestId("zone-size").click();
	await page.getByTestId("by-askPoints").click();
	await page.getByTestId("place-marker").nth(1).press("ArrowRight");
	const metres = [0, 0, 4, 0, 4, 18, 0, 18];
	for (const [index, metre] of metres.entries()) {
		expect(await page.getByTestId("metre-net").count()).toBe(0);
		await page.getByTestId("places").locator("input").nth(index).fill(String(metre));
	}
	await page.getByTestId("metre-net").waitFor();
	await page.getByTestId("save-zones").click();
	await page.locator("[data-testid=zones-state][data-state=applied]").waitFor({ timeout: 30_000 });

	const [saved] = await cameras();
	expect(saved?.zones).toHaveLength(1);
	const { calibration, polygon } = saved!.zones[0]!;
	expect(calibration).toMatchObject({ points: [{ m: [0, 0] }, { m: [4, 0] }, { m: [4, 18] }, { m: [0, 18] }] });
	const [, second] = calibration && "points" in calibration ? calibration.points : [];
	expect(second?.at[0]).toBeCloseTo(polygon[1]![0] + 0.005, 4);
	const alert = await until(
		"an alert of the lane that was drawn",
		async () => (await installation.api.get<{ alerts: AlertAnswer[] }>("/api/alerts")).alerts[0],
		{ deadlineMs: 120_000, lastSeen: () => installation.logs().slice(-3000) },
	);
	expect(alert).toMatchObject({ laneId: saved!.zones[0]!.id, cause: "vehicle" });
	expect(installation.logs()).not.toContain("s3cret");
	expect(problems).toEqual([]);
});

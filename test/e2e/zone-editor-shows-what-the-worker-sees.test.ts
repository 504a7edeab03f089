import { expect, test } from "vitest";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { startBrowser } from "../support/browser.ts";
import { startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { addCamera, demoClip, demoZones } from "../support/scenes.ts";
import { endings, keepForReading } from "../support/story.ts";
import { laneIs, openWall } from "../support/wall.ts";

const atEnd = endings();

test("the zone editor shows what the worker sees, and what another delay would have raised", async () => {
	const installation = await startInstallation();
	atEnd(() => installation.close());
	const simulated = await startRtspCamera({ streams: [{ path: "/gate", clip: demoClip }] });
	atEnd(() => simulated.close());
	const camera = await addCamera(installation, simulated.url("/gate"), await demoZones());
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openWall(browser, installation);
	atEnd(() => keepForReading("zone-editor-shows", installation, page));
	await laneIs(page, "lane-1", ["occupied"], 120_000);

	await page.goto(`${installation.url}/cameras/${camera.id}/zones`);
	await page.getByTestId("zone-canvas").waitFor({ timeout: 40_000 });
	expect(await page.getByTestId("live-layer").count()).toBe(0);
	await page.getByTestId("live-show").check();
	await page.getByTestId("live-layer").waitFor({ timeout: 30_000 });
	await until("the boxes of what was recognised", async () =>
		(await page.locator(".live-detection").count()) > 0 ? true : undefined,
	);
	expect(await page.getByTestId("live-words").innerText()).toMatch(/画面时间 \d\d:\d\d:\d\d/);

	await page.getByTestId("zone-item").getByRole("button").first().click();
	await page.getByTestId("what-if-ask").click();
	const answer = page.getByTestId("what-if-answer");
	await answer.waitFor({ timeout: 30_000 });
	expect(await answer.innerText()).toMatch(/过去.*会产生 [1-9] 条告警/);
	// Nobody stands there for an hour.
	await page.getByTestId("zone-rules").click();
	await page.getByTestId("policy-vehicleOnDelayMs").first().fill("3600");
	await until("no alert under an hour's delay", async () => /会产生 0 条/.test(await answer.innerText()));
	for (const [width, height] of [
		[1440, 900],
		[390, 844],
	] as const) {
		await page.setViewportSize({ width, height });
		await keepForReading(`zone-editor-shows-${width}`, installation, page);
	}

	await page.getByTestId("live-show").uncheck();
	expect(await page.getByTestId("live-layer").count()).toBe(0);
	expect(problems).toEqual([]);
});

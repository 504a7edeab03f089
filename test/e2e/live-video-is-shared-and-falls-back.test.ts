import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { startBrowser } from "../support/browser.ts";
import { type RunningInstallation, startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { testClip } from "../support/test-clips.ts";
import { endings, keepForReading } from "../support/story.ts";
import { openWall } from "../support/wall.ts";

const atEnd = endings();

test("live video is shared by who watches, told when it is lost, and given up for pictures where it does not play", async () => {
	const installation = await startInstallation();
	atEnd(() => installation.close());
	const size = "640x360";
	const [h264, h265] = [
		await testClip({ size, seconds: 6, rate: 15, group: 30 }),
		await testClip({ size, seconds: 6, rate: 15, group: 30, codec: "h265" }),
	];
	const camera = await startRtspCamera({
		streams: [
			{ path: "/gate", clip: h264 },
			{ path: "/yard", clip: h265 },
			{ path: "/ramp", clip: h265 },
		],
	});
	atEnd(() => camera.close());
	const add = (name: string, path: string) =>
		installation.api.post<CameraAnswer>("/api/cameras", { name, edgeId: installation.edgeId, url: camera.url(path) });
	const gate = await add("南门摄像机", "/gate");
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openWall(browser, installation);
	atEnd(() => keepForReading("live-video", installation, page));
	const online = (id: string) =>
		until(
			"the camera to be seen",
			async () => {
				const { pictureAt } = await installation.api.get<CameraAnswer>(`/api/cameras/${id}`);
				return pictureAt !== null;
			},
			{ deadlineMs: 90_000, lastSeen: () => installation.logs().slice(-2000) },
		);
	await online(gate.id);

	await watch(page, installation, gate.id);
	await shows(page, "playing");
	expect(await frames(page)).toBeGreaterThan(0);
	const before = await frames(page);
	await until("pictures to go on", async () => (await frames(page)) > before + 15);
	expect(await page.getByTestId("live-video-words").innerText()).toMatch(/实时，延迟约 \d\.\d 秒/);
	await looks(installation, page, "live-video-playing");

	// A second viewer takes the same stream: one session with the camera, one ffmpeg, one way from the edge.
	const second = await openWall(browser, installation);
	await watch(second.page, installation, gate.id);
	await shows(second.page, "playing");
	expect(await liveFigures(installation)).toEqual({ streams: 1, viewers: 2 });
	expect(camera.clients("/gate")).toBe(1);
	expect(await ffmpegsOf(installation)).toBe(1);

	await page.getByTestId("live-video-play").click();
	await shows(page, "paused");
	await until("one to be left", async () => (await liveFigures(installation)).viewers === 1);
	await page.getByTestId("live-video-play").click();
	await shows(page, "playing");

	await installation.kill("edge");
	const killedAt = Date.now();
	await shows(page, "edge_lost", 10_000);
	expect(Date.now() - killedAt).toBeLessThan(10_000);
	await looks(installation, page, "live-video-edge-lost");
	installation.start("edge");
	await shows(page, "playing", 60_000);

	await second.page.close();
	await page.goto(`${installation.url}/`);
	await until("the stream to be stopped", async () => (await liveFigures(installation)).streams === 0, {
		deadlineMs: 20_000,
	});

	// H.265: made H.264 by the edge for one, pictures for the next (one at once is the default).
	const yard = await add("后院摄像机", "/yard");
	await online(yard.id);
	await watch(page, installation, yard.id);
	await shows(page, "playing", 40_000);
	expect(await page.getByTestId("live-video").getAttribute("data-form")).toBe("transcoded");
	const ramp = await add("坡道摄像机", "/ramp");
	await online(ramp.id);
	const third = await openWall(browser, installation);
	await watch(third.page, installation, ramp.id);
	await shows(third.page, "stills", 40_000);
	expect(await third.page.getByTestId("live-video-words").innerText()).toContain("每秒一张图片");
	await looks(installation, third.page, "live-video-stills");
	expect(problems).toEqual([]);
});

async function watch(page: Page, { url }: RunningInstallation, cameraId: string): Promise<void> {
	await page.goto(`${url}/cameras/${cameraId}`);
	await page.getByTestId("live-scene-switch").click();
}

const shows = (page: Page, what: string, timeout = 30_000) =>
	page.locator(`[data-testid=live-video][data-shown=${what}]`).waitFor({ timeout });

const frames = (page: Page) =>
	page.locator("video").evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);

async function liveFigures({ api }: RunningInstallation): Promise<{ streams: number; viewers: number }> {
	const text = Buffer.from(await api.bytes("/metrics")).toString();
	const figure = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);
	return { streams: figure("keepclear_live_streams"), viewers: figure("keepclear_live_viewers") };
}

/** How many ffmpeg the edge runs. */
async function ffmpegsOf({ edgeConfigFile }: RunningInstallation): Promise<number> {
	const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,ppid=,args="]);
	const rows = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
	const edges = rows.filter(([, , , args]) => args?.includes(edgeConfigFile)).map(([, pid]) => pid);
	return rows.filter(([, , parent, args]) => edges.includes(parent) && args?.includes("ffmpeg")).length;
}

async function looks(installation: RunningInstallation, page: Page, name: string): Promise<void> {
	for (const [width, height] of [
		[1440, 900],
		[390, 844],
	] as const) {
		await page.setViewportSize({ width, height });
		await keepForReading(`${name}-${width}`, installation, page);
	}
	await page.setViewportSize({ width: 1440, height: 900 });
}

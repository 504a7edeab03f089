/**
 * What live video costs and how late it is: `npm run bench:live -- [--seconds 20]`. Real camera over RTSP, edge, server,
 * Chromium, all on this machine: read the CPU as ratios. The delay is from picture to picture: the camera's picture turns
 * from dark to light at a known instant, and the page says when a light picture is shown.
 */
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { WebSocket } from "ws";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { wait } from "#platform/wait.ts";
import { createUser } from "../../src/server/accounts/accounts-actions.ts";
import { databaseFile } from "../../src/server/store/database-file.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { startBrowser } from "../support/browser.ts";
import { startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { cpuMsOf } from "../support/process-cpu.ts";
import { signIn } from "../support/server.ts";
import { testClip } from "../support/test-clips.ts";
import { openWall } from "../support/wall.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "20" } } });
const seconds = Number(values.seconds);
const shape = { size: "1280x720", rate: 15, seconds: 4, group: 30 };
const dark = await testClip({ ...shape, filter: "eq=brightness=-0.6" });
const light = await testClip({ ...shape, filter: "eq=brightness=0.6" });

const installation = await startInstallation();
const camera = await startRtspCamera({ streams: [{ path: "/gate", clip: dark }] });
const browser = await startBrowser();
try {
	const { id } = await installation.api.post<CameraAnswer>("/api/cameras", {
		name: "bench",
		edgeId: installation.edgeId,
		url: camera.url("/gate"),
	});
	await until(
		"the camera to be seen",
		async () => (await installation.api.get<CameraAnswer>(`/api/cameras/${id}`)).pictureAt,
		{
			deadlineMs: 90_000,
		},
	);
	const { page } = await openWall(browser, installation);
	await page.goto(`${installation.url}/cameras/${id}`);
	const base = await measure("0 viewers");

	await page.getByTestId("live-scene-switch").click();
	await page.locator("[data-testid=live-video][data-shown=playing]").waitFor({ timeout: 40_000 });
	await wait(3_000);
	await measure("1 viewer", base);
	console.log(await droppedFrames(page));
	console.log(await delays(page));

	const viewers = await moreViewers(id, 9);
	await wait(3_000);
	await measure("10 viewers", base);
	console.log(await droppedFrames(page));
	for (const viewer of viewers) viewer.close();
} finally {
	await browser.close();
	await camera.close();
	await installation.close();
}

interface Cost {
	readonly server: number;
	readonly edge: number;
}

/** In hundredths of a core. */
async function measure(what: string, base?: Cost): Promise<Cost> {
	const read = () => ({ server: cpuMsOf(installation.serverConfigFile), edge: cpuMsOf(installation.edgeConfigFile) });
	const [before, startedAt] = [read(), performance.now()];
	await wait(seconds * 1_000);
	const [after, ms] = [read(), performance.now() - startedAt];
	const cost = { server: (100 * (after.server - before.server)) / ms, edge: (100 * (after.edge - before.edge)) / ms };
	const times = (key: keyof Cost) => (base ? ` (${(cost[key] / base[key]).toFixed(2)} times)` : "");
	console.log(
		`${what}: server ${cost.server.toFixed(1)} % of a core${times("server")}, edge with its ffmpeg ${cost.edge.toFixed(1)} %${times("edge")}`,
	);
	return cost;
}

/** Viewers without a screen: each a WebSocket that takes everything. Of two persons, for one may have six. */
async function moreViewers(cameraId: string, count: number): Promise<WebSocket[]> {
	const { url, serverDataFolder } = installation;
	const store = openStore(databaseFile(serverDataFolder));
	const password = "correct-horse-battery";
	const cookies: string[] = [];
	for (const name of ["anna", "bo"]) {
		await createUser(store, { name, role: "admin", scopes: [{ kind: "all" }], password }, Date.now());
		cookies.push((await signIn(url, name, password)).cookie);
	}
	store.close();
	return Array.from({ length: count }, (_, index) => {
		const headers = { cookie: cookies[index % cookies.length] ?? "", origin: url };
		const socket = new WebSocket(`${url.replace("http", "ws")}/api/cameras/${cameraId}/stream`, { headers });
		socket.on("error", () => {});
		return socket;
	});
}

function droppedFrames(page: Page): Promise<string> {
	return page.locator("video").evaluate((video: HTMLVideoElement) => {
		const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
		return `frames shown ${totalVideoFrames}, dropped ${droppedVideoFrames}`;
	});
}

/** Turns the picture to and fro, and takes the time until the page shows it. */
async function delays(page: Page): Promise<string> {
	await page.exposeFunction("tellBrightness", (isLight: boolean, at: number) => shown.push({ isLight, at }));
	await page.evaluate("globalThis.__name = (named) => named"); // what the loader of these tests puts into functions
	const shown: { isLight: boolean; at: number }[] = [];
	await page.locator("video").evaluate((video: HTMLVideoElement) => {
		const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
		const drawing = canvas.getContext("2d", { willReadFrequently: true });
		let was: boolean | null = null;
		const look = () => {
			drawing?.drawImage(video, 0, 0, 8, 8);
			const pixels = [...(drawing?.getImageData(0, 0, 8, 8).data ?? [])];
			const isLight = pixels.reduce((sum, value) => sum + value, 0) / pixels.length > 150;
			const tell = (globalThis as unknown as { tellBrightness: (isLight: boolean, at: number) => void }).tellBrightness;
			if (isLight !== was) tell(isLight, Date.now());
			was = isLight;
			video.requestVideoFrameCallback(look);
		};
		video.requestVideoFrameCallback(look);
	});
	const taken: number[] = [];
	for (let turn = 0; turn < 8; turn += 1) {
		await wait(2_500 + 100 * turn);
		const isLight = turn % 2 === 0;
		await camera.changeClip("/gate", isLight ? light : dark);
		const turnedAt = Date.now(); // the clip is read first, and then shown at once
		const seen = await until(
			"the page to show it",
			() => shown.find((one) => one.at >= turnedAt - 50 && one.isLight === isLight),
			{
				deadlineMs: 10_000,
			},
		).catch(() => null);
		if (seen) taken.push(seen.at - turnedAt);
	}
	taken.sort((a, b) => a - b);
	const at = (share: number) => taken[Math.floor(share * (taken.length - 1))] ?? NaN;
	return `delay from picture to picture: median ${at(0.5)} ms, least ${at(0)}, most ${at(1)} (${taken.length} of 8 turns seen)`;
}

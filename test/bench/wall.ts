/**
 * The wall for hours of watching: `npm run bench:wall -- [--minutes 10] [--lanes 500] [--shot FILE]`. Server, broker and
 * Chromium are real; the edge is played by an MQTT client that publishes 5 changes a second, and an alert every 4 s. Prints
 * the first load, then frames, memory, and how long an alert takes from the edge to the screen.
 */
import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connectAsync } from "mqtt";
import type { CDPSession, Page } from "playwright-core";
import sharp from "sharp";
import { parse } from "yaml";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { edgeClientId, topics } from "#contract/topics.ts";
import { ended } from "#platform/child-process.ts";
import { wait } from "#platform/wait.ts";
import { ApiClient } from "../../src/cli/demo/api-client.ts";
import { prepareInstallation } from "../../src/cli/demo/prepare.ts";
import { startProgram } from "../../src/cli/demo/programs.ts";
import { startBrowser } from "../support/browser.ts";
import { until } from "../support/poll.ts";
import { cpuMsOf } from "../support/process-cpu.ts";

const { values } = parseArgs({
	options: {
		minutes: { type: "string", default: "10" },
		lanes: { type: "string", default: "500" },
		shot: { type: "string" },
	},
});
const minutes = Number(values.minutes);
const lanesPerCamera = 25;
const cameraCount = Math.ceil(Number(values.lanes) / lanesPerCamera);
const address = { siteId: "demo-estate", edgeId: "edge-1" };
/** What browsers' own tools call fast 3G. */
const slowLine = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

interface Lane {
	readonly laneId: string;
	readonly cameraId: string;
	alertId: string | null;
}

let lastAt = 0;
/** No two messages of one instant: the newer one would be left aside. */
const nextAt = () => (lastAt = Math.max(lastAt + 1, Date.now()));

const folder = await mkdtemp(join(tmpdir(), "keepclear-bench-wall-"));
const installation = await prepareInstallation(folder);
const server = startProgram("server", installation.serverConfigFile, ["ignore", "ignore", 2]);
const serverEnded = ended(server);
const browser = await startBrowser();
try {
	await until(
		"the server to answer",
		() =>
			fetch(`${installation.url}/healthz`).then(
				({ ok }) => ok,
				() => false,
			),
		{
			deadlineMs: 60_000,
		},
	);
	const { url, signIn } = installation;
	const api = await ApiClient.signIn(url, signIn.name, signIn.password);
	const { server: about, mqtt } = parse(await readFile(installation.edgeConfigFile, "utf8")) as {
		server: { token: string };
		mqtt: { url: string };
	};
	const lanes = await makeLanes(api, about.token);
	const client = await connectAsync(mqtt.url, {
		username: address.edgeId,
		password: about.token,
		clientId: edgeClientId(address.edgeId),
		protocolVersion: 4,
	});
	const publish = (topic: string, message: object) =>
		client.publishAsync(topic, JSON.stringify({ v: 1, ...message }), { qos: 1, retain: !topic.endsWith("/alert") });
	await publish(topics.status(address), { state: "online", at: Date.now(), version: "0.1.0" });
	for (const lane of lanes) await publishState(publish, lane, "clear");

	const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: "zh-CN" });
	const page = await context.newPage();
	await page.goto(url);
	await page.getByLabel("用户名").fill(signIn.name);
	await page.getByLabel("密码", { exact: true }).fill(signIn.password);
	await page.getByRole("button", { name: "登录" }).click();
	await page.getByTestId("lane-tile").first().waitFor();
	await page.close();
	const watched = await context.newPage();
	console.log(await firstLoad(watched, url));
	console.log(await watch(watched, lanes, publish));
	if (values.shot) await watched.screenshot({ path: values.shot });
	await client.endAsync();
} finally {
	await browser.close();
	server.kill("SIGTERM");
	await serverEnded;
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

type Publish = (topic: string, message: object) => Promise<unknown>;

async function makeLanes(api: ApiClient, token: string): Promise<Lane[]> {
	const lanes: Lane[] = [];
	for (let number = 0; number < cameraCount; number += 1) {
		const name = `${number + 1} 号楼摄像机`;
		const { id: cameraId } = await api.post<CameraAnswer>("/api/cameras", {
			name,
			edgeId: address.edgeId,
			url: `rtsp://10.0.0.${number + 1}/main`,
		});
		const zones = Array.from({ length: lanesPerCamera }, (_, index) => ({
			id: `lane-${number}-${index}`,
			name: `${number + 1} 号楼消防车通道 ${index + 1}`,
			kind: "fire_lane",
			polygon: [
				[0.1, 0.4],
				[0.9, 0.4],
				[0.9, 0.9],
				[0.1, 0.9],
			],
		}));
		await api.put(`/api/cameras/${cameraId}/zones`, { zones });
		const background = { r: 60 + number * 5, g: 90, b: 110 };
		const jpeg = await sharp({ create: { width: 960, height: 540, channels: 3, background } })
			.jpeg()
			.toBuffer();
		await fetch(`${installation.url}/api/edge/cameras/${cameraId}/picture`, {
			method: "PUT",
			headers: { authorization: `Bearer ${token}`, "content-type": "image/jpeg", "x-captured-at": String(Date.now()) },
			body: new Uint8Array(jpeg),
		});
		for (const { id } of zones) lanes.push({ laneId: id, cameraId, alertId: null });
	}
	return lanes;
}

async function publishState(publish: Publish, { laneId, cameraId, alertId }: Lane, state: string): Promise<void> {
	const at = nextAt();
	const reason = state === "unknown" ? "stream_lost" : null;
	const clearance = state === "unknown" ? null : { share: state === "clear" ? 1 : 0.4, widthM: null, level: null };
	const message = { laneId, cameraId, state, reason, since: at, at, alertId, clearance };
	await publish(topics.laneState(address, laneId), message);
}

async function firstLoad(page: Page, url: string): Promise<string> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Network.enable");
	await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
	await cdp.send("Network.emulateNetworkConditions", slowLine);
	const kinds = new Map<string, string>();
	const bytes: Record<string, number> = {};
	let counted = true;
	cdp.on("Network.responseReceived", ({ requestId, type, response }) => {
		const isPicture = response.url.includes("/picture");
		kinds.set(requestId, isPicture ? "camera pictures" : type === "Fetch" || type === "XHR" ? "wall's data" : type);
	});
	cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
		const kind = kinds.get(requestId) ?? "other";
		if (counted) bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
	});
	const startedAt = performance.now();
	await page.goto(url, { waitUntil: "commit" });
	await page.getByTestId("lane-tile").first().waitFor({ timeout: 120_000 });
	await page.locator("[data-testid=live][data-state=live]").waitFor({ timeout: 60_000 });
	const usableMs = performance.now() - startedAt;
	counted = false;
	await cdp.send("Network.emulateNetworkConditions", {
		offline: false,
		latency: 0,
		downloadThroughput: -1,
		uploadThroughput: -1,
	});
	await cdp.send("Network.setCacheDisabled", { cacheDisabled: false });
	await cdp.detach();
	const kilobytes = Object.entries(bytes).map(([kind, count]) => `${kind} ${(count / 1000).toFixed(1)}`);
	const page_ = Object.entries(bytes).reduce((sum, [kind, count]) => sum + (kind === "camera pictures" ? 0 : count), 0);
	return (
		`first load: ${(page_ / 1000).toFixed(1)} kB over the wire without camera pictures (${kilobytes.join(", ")}); ` +
		`usable after ${(usableMs / 1000).toFixed(2)} s at 1.6 Mbit/s and 150 ms`
	);
}

async function watch(page: Page, lanes: readonly Lane[], publish: Publish): Promise<string> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Performance.enable");
	await page.evaluate("globalThis.__name = (named) => named"); // what the loader of these tests puts into functions
	await page.evaluate(installWatch);
	await wait(3_000);
	const heap = async () => {
		await cdp.send("HeapProfiler.collectGarbage");
		return (await metricsOf(cdp)).JSHeapUsedSize! / 1e6;
	};
	const [heapBefore, nodesBefore] = [await heap(), (await metricsOf(cdp)).Nodes ?? 0];
	const before = await metricsOf(cdp);
	const cpuBefore = cpuMsOf(installation.serverConfigFile);
	await page.evaluate("resetWatch()");
	const publishedAt = new Map<string, number>();
	const open: Lane[] = [];
	const startedAt = Date.now();
	let changes = 0;
	for (let turn = 0; Date.now() - startedAt < minutes * 60_000; turn += 1) {
		await wait(Math.max(0, startedAt + turn * 200 - Date.now()));
		const lane = lanes[(turn * 37) % lanes.length]!;
		if (turn % 20 === 0) await raise(publish, lane, open, publishedAt);
		else if (lane.alertId === null)
			await publishState(publish, lane, ["pending", "clear", "unknown", "clear"][turn % 4]!);
		changes += 1;
		if (open.length > 12) await clear(publish, open.shift()!);
	}
	await wait(2_000);
	const seconds = (Date.now() - startedAt) / 1_000;
	const after = await metricsOf(cdp);
	const { frames, slow, long, worst, tasks, seen } = await page.evaluate<Watched>("readWatch()");
	const delays = [...publishedAt]
		.flatMap(([id, at]) => (seen[id] === undefined ? [] : [seen[id] - at]))
		.sort((a, b) => a - b);
	const at = (share: number) => delays[Math.floor(share * (delays.length - 1))] ?? NaN;
	const perSecond = (key: string) => ((1000 * ((after[key] ?? 0) - (before[key] ?? 0))) / seconds).toFixed(1);
	return [
		`${lanes.length} lanes, ${(changes / seconds).toFixed(1)} changes a second for ${(seconds / 60).toFixed(1)} min:`,
		`frames ${frames}, later than 33 ms ${slow} (${((100 * slow) / frames).toFixed(2)} %), later than 100 ms ${long}, worst ${worst.toFixed(0)} ms; tasks of 50 ms and more ${tasks}`,
		`the page's main thread, ms in a second: script ${perSecond("ScriptDuration")}, layout ${perSecond("LayoutDuration")}, style ${perSecond("RecalcStyleDuration")}, all ${perSecond("TaskDuration")}; server ${((100 * (cpuMsOf(installation.serverConfigFile) - cpuBefore)) / seconds / 1000).toFixed(1)} % of a core`,
		`JS heap ${heapBefore.toFixed(1)} MB at the start, ${(await heap()).toFixed(1)} MB at the end; DOM nodes ${nodesBefore} and ${after.Nodes}`,
		`alert on screen after the edge published it: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (${delays.length} of ${publishedAt.size} alerts)`,
	].join("\n");
}

async function raise(publish: Publish, lane: Lane, open: Lane[], publishedAt: Map<string, number>): Promise<void> {
	if (lane.alertId !== null) return;
	const at = nextAt();
	lane.alertId = `${lane.laneId}.${at}`;
	open.push(lane);
	publishedAt.set(lane.alertId, Date.now());
	const { alertId, laneId, cameraId } = lane;
	const seen = { cause: "vehicle", label: "car", confidence: 0.8, box: [0.2, 0.5, 0.6, 0.8] };
	const message = {
		kind: "raised",
		id: `${alertId}.raised`,
		alertId,
		laneId,
		cameraId,
		at,
		enteredAt: at,
		raisedAt: at,
		...seen,
	};
	await publish(topics.alert(address), message);
	await publishState(publish, lane, "occupied");
}

async function clear(publish: Publish, lane: Lane): Promise<void> {
	const { alertId, laneId, cameraId } = lane;
	const at = nextAt();
	await publish(topics.alert(address), {
		...{ kind: "cleared", id: `${alertId}.cleared`, alertId, laneId, cameraId, at, clearedAt: at, by: "camera" },
	});
	lane.alertId = null;
	await publishState(publish, lane, "clear");
}

async function metricsOf(cdp: CDPSession): Promise<Record<string, number>> {
	const { metrics } = await cdp.send("Performance.getMetrics");
	return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

interface Watched {
	readonly frames: number;
	readonly slow: number;
	readonly long: number;
	readonly worst: number;
	readonly tasks: number;
	/** When each alert's card was first there, Unix ms. */
	readonly seen: Record<string, number>;
}

/** Runs in the page. */
function installWatch(): void {
	let watched = { frames: 0, slow: 0, long: 0, worst: 0, tasks: 0, seen: {} as Record<string, number> };
	let last = performance.now();
	const frame = (now: number) => {
		const took = now - last;
		last = now;
		watched.frames += 1;
		if (took > 33.4) watched.slow += 1;
		if (took > 100) watched.long += 1;
		watched.worst = Math.max(watched.worst, took);
		requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	new PerformanceObserver((list) => (watched.tasks += list.getEntries().length)).observe({ entryTypes: ["longtask"] });
	new MutationObserver(() => {
		for (const card of document.querySelectorAll<HTMLElement>("[data-alert]")) {
			const id = card.dataset["alert"] ?? "";
			if (watched.seen[id] !== undefined) continue;
			watched.seen[id] = Infinity;
			requestAnimationFrame(() => (watched.seen[id] = Date.now())); // with the frame that shows it
		}
	}).observe(document.body, { childList: true, subtree: true });
	Object.assign(globalThis, {
		resetWatch: () => void (watched = { ...watched, frames: 0, slow: 0, long: 0, worst: 0, tasks: 0 }),
		readWatch: () => watched,
	});
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError } from "commander";
import { cameraUrlSchema, type CameraAnswer } from "#contract/cameras-api.ts";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { loadFile } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { wait } from "#platform/wait.ts";
import { ApiClient } from "./demo/api-client.ts";
import { freePort } from "./demo/free-port.ts";
import { keepRunning } from "./demo/keep-running.ts";
import { type Installation, prepareInstallation } from "./demo/prepare.ts";
import { startProgram, startSimulator } from "./demo/programs.ts";
import { tally } from "./demo/tally.ts";

const clip = fileURLToPath(new URL("../../fixtures/clips/demo-fire-lane.mp4", import.meta.url));
const sceneFile = clip.replace(/\.mp4$/, ".scene.json");

interface DemoOptions {
	readonly seconds?: number;
	readonly headless?: true;
	readonly camera?: string;
	readonly port?: number;
}

export function registerDemo(program: Command): void {
	program
		.command("demo")
		.description("the main job on one machine: camera over RTSP, edge worker, MQTT broker, server, web page")
		.option("--seconds <n>", "end by itself after so many seconds", wholeNumber(1, 86_400))
		.option("--headless", "nobody is watching: print only what a program would read")
		.option("--camera <url>", "a real camera (rtsp:// or rtsps://) in place of the simulated one", cameraUrl)
		.option("--port <n>", "of the web page; default: any free one", wholeNumber(1, 65_535))
		.action(runDemo);
}

async function runDemo({ seconds, headless, camera, port }: DemoOptions): Promise<void> {
	const log = createLog("demo");
	const folder = await mkdtemp(join(tmpdir(), "keepclear-demo-"));
	const controller = new AbortController();
	const signal = AbortSignal.any([controller.signal, shutdownSignal()]);
	try {
		const installation = await prepareInstallation(folder, port);
		const cameraPort = await freePort();
		const running = [
			...(camera ? [] : [keepRunning("camera", () => startSimulator(clip, cameraPort), log, signal)]),
			keepRunning("server", () => startProgram("server", installation.serverConfigFile), log, signal),
			keepRunning("edge", () => startProgram("edge", installation.edgeConfigFile), log, signal),
		];
		await addCamera(installation, camera ?? `rtsp://127.0.0.1:${cameraPort}/fire-lane`, !camera, signal);
		if (!headless) greet(installation, camera !== undefined);
		else log.info({ url: installation.url }, "the page is up");
		await wait(seconds === undefined ? 2 ** 31 - 1 : seconds * 1000, signal);
		controller.abort();
		await Promise.all(running);
		if (seconds !== undefined) console.log(JSON.stringify({ ...tally(installation), url: installation.url }));
	} finally {
		controller.abort();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** As a property manager does on the page: sign in, add the camera, draw the lane. */
async function addCamera(
	{ url, edgeId, signIn }: Installation,
	cameraUrl: string,
	withZones: boolean,
	signal: AbortSignal,
): Promise<void> {
	await answering(url, signal);
	const api = await ApiClient.signIn(url, signIn.name, signIn.password);
	const camera = await api.post<CameraAnswer>("/api/cameras", {
		name: "消防车通道 · 南门",
		edgeId,
		url: cameraUrl,
		transport: "tcp",
		sampleEveryMs: 1000,
	});
	if (!withZones) return;
	const { zones } = await loadFile(sceneFileSchema, sceneFile);
	await api.put(`/api/cameras/${camera.id}/zones`, {
		zones: zones.map(({ id, kind, polygon }) => ({ id, kind, polygon, name: "南门消防车通道" })),
	});
}

async function answering(url: string, signal: AbortSignal, deadlineMs = 60_000): Promise<void> {
	const end = Date.now() + deadlineMs;
	while (!signal.aborted) {
		const isUp = await fetch(new URL("/healthz", url)).then(
			({ ok }) => ok,
			() => false,
		);
		if (isUp) return;
		if (Date.now() > end) throw new Error(`the server at ${url} did not answer within ${deadlineMs / 1000} s`);
		await wait(200, signal);
	}
	signal.throwIfAborted();
}

function greet({ url, signIn }: Installation, isRealCamera: boolean): void {
	console.log(`
  Keepclear 消防车通道监控 is running.

    page       ${url}
    name       ${signIn.name}
    password   ${signIn.password}

  ${
		isRealCamera
			? "Draw the fire lane on the camera's page (摄像机): it is watched from then on."
			: "A car stops in the fire lane once a minute: the alert comes 5 s later."
	}
  Ctrl+C ends everything and removes what was stored.
`);
}

function wholeNumber(least: number, most: number) {
	return (text: string): number => {
		const number = Number(text);
		if (Number.isInteger(number) && number >= least && number <= most) return number;
		throw new InvalidArgumentError(`allowed is a whole number from ${least} to ${most}.`);
	};
}

function cameraUrl(text: string): string {
	const parsed = cameraUrlSchema.safeParse(text);
	if (parsed.success) return parsed.data;
	throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join("; "));
}

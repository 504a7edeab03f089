import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { wait } from "#platform/wait.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { until } from "../support/poll.ts";
import { demoZones, stretchStanding } from "../support/scenes.ts";
import { startTestServer } from "../support/server.ts";
import { endings } from "../support/story.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const atEnd = endings();

/** The edge as a process that can be killed as a power cut does it. */
function edgeOf(configFile: string) {
	let log = "";
	let child: ChildProcess;
	const start = () => {
		child = spawnTied(process.execPath, [...typescriptLoader, commandLine, "edge", "--config", configFile], {
			stdio: ["ignore", "ignore", "pipe"],
		});
		child.stderr?.on("data", (chunk: Buffer) => {
			log = (log + chunk.toString()).slice(-50_000);
		});
	};
	const stop = async (signal: NodeJS.Signals) => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const end = ended(child);
		child.kill(signal);
		await end;
	};
	return { start, stop, log: () => log };
}

test("an edge that is killed while a car stands there raises one alert, clears it once, and has its evidence", async () => {
	const folder = await mkdtemp(join(tmpdir(), "keepclear-edge-"));
	atEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	const clip = join(folder, "longer.mp4");
	await stretchStanding(clip, 22, 38, 3);
	const camera = await startRtspCamera({ streams: [{ path: "/gate", clip }] });
	atEnd(() => camera.close());
	const server = await startTestServer({
		policy: { vehicleOnDelayMs: 5_000, confirmAfterMs: 10_000, objectOnDelayMs: 15_000, offDelayMs: 3_000 },
	});
	atEnd(() => server.stop());
	const { token } = server.createEdge("edge-1");
	const admin = await server.admin();
	const { id } = await admin.json<CameraAnswer>("/api/cameras", {
		method: "POST",
		json: { name: "gate", edgeId: "edge-1", url: camera.url("/gate"), sampleEveryMs: 1_000 },
	});
	await admin.json(`/api/cameras/${id}/zones`, { method: "PUT", json: { zones: await demoZones() } });

	const configFile = join(folder, "edge.yaml");
	await writeFile(
		configFile,
		JSON.stringify({
			siteId: "estate",
			edgeId: "edge-1",
			server: { url: server.url, token },
			mqtt: { url: server.mqttUrl },
			dataFolder: "data",
			cameraNetworks: ["127.0.0.0/8"],
			evidence: { minFreeBytes: 0 },
		}),
	);
	const edge = edgeOf(configFile);
	edge.start();
	atEnd(() => edge.stop("SIGKILL"));

	const lane = async () => (await admin.json<WallAnswer>("/api/wall")).lanes[0]?.state;
	const alerts = async () => (await admin.json<{ alerts: AlertAnswer[] }>("/api/alerts")).alerts;
	const patience = { deadlineMs: 90_000, everyMs: 100, lastSeen: edge.log };
	const kill = async () => {
		await wait(Math.random() * 300); // the moment is the point: any must do
		await edge.stop("SIGKILL");
		edge.start();
	};

	await until("the car to come to a stand", async () => (await lane()) === "pending", patience);
	await kill();
	const { id: raised } = await until("the alert", async () => (await alerts())[0], patience);
	// The camera shows its clip again and again: on a slow machine the next car comes before all is told of this one.
	const first = async () => (await alerts()).find((each) => each.id === raised);
	await kill();
	await until("the lane to be seen again as occupied", async () => (await lane()) === "occupied", patience);
	await until("the alert to be cleared", async () => (await first())?.state === "cleared", patience);
	await kill();
	await until(
		"all of its evidence, taken or known to be missing",
		async () => {
			const { evidenceSet, evidence = [] } = (await first()) ?? {};
			const taken = evidenceSet?.items.filter(({ state }) => state === "taken") ?? [];
			return evidenceSet?.complete && taken.every(({ id }) => evidence.some((each) => each.id === id));
		},
		patience,
	);
	await until("the edge to watch again", async () => (await lane()) === "clear", patience);

	const alert = await first();
	const twice = (await alerts()).filter(({ id, enteredAt }) => id !== raised && enteredAt < (alert?.clearedAt ?? 0));
	expect(twice).toEqual([]);
	expect(alert).toMatchObject({ laneId: "lane-1", cause: "vehicle", clearedBy: "camera" });
	const kinds = alert?.evidence.map(({ kind }) => kind) ?? [];
	expect(kinds).toEqual(expect.arrayContaining(["still_entry", "still_raised"]));
	// The segment that was open when it was killed is lost: a photo of that very moment may be missing, and says why.
	for (const { state, reason } of alert?.evidenceSet?.items ?? []) {
		expect([state === "taken", reason]).toEqual([reason === null, reason]);
	}

	await edge.stop("SIGTERM");
	expect(edge.log()).toContain("the edge has stopped");
}, 420_000); // each wait has its own limit; this one must not be shorter than they are

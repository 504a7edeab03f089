import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { databaseFile } from "../../src/server/store/database-file.ts";
import { type SimulatedCamera, startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { type RunningInstallation, startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { type BlockClips, makeBlockClips } from "./block-camera.ts";
import { putBlockModel } from "./block-model.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { makeOwnDisk, type OwnDisk } from "./own-disk.ts";
import { Told } from "./told.ts";
import { names, type Outside, startOutside } from "./outside.ts";

export const path = "/gate";
/**
 * Server with broker, edge and camera as real processes and real protocols on this machine; the ways between edge and server
 * can be made bad. Only the detection model is ours: it sees a car where the camera shows a block.
 */
export interface World {
	readonly installation: RunningInstallation;
	/** For what a trial makes. */
	readonly folder: string;
	readonly mqtt: FaultProxy;
	readonly http: FaultProxy;
	readonly camera: SimulatedCamera;
	readonly clips: BlockClips;
	/** Each data folder lies on a disk of its own, where this machine lets us make one. */
	readonly disks: { readonly server: OwnDisk; readonly edge: OwnDisk } | null;
	readonly outside: Outside;
	/** A vehicle stands in the lane from now on; answers since when. */
	arrive(): Promise<number>;
	leave(): Promise<number>;
	readonly told: Told;
	close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
	const folder = await mkdtemp(join(tmpdir(), "keepclear-faults-"));
	const models = join(folder, "models");
	await mkdir(models);
	const model = await putBlockModel(models);
	const clips = await makeBlockClips(folder);
	const camera = await startRtspCamera({
		streams: [{ path, clip: clips.empty, user: "admin", password: "first" }],
	});
	const disks = await makeDisks(folder);
	const outside = await startOutside(folder, { KEEPCLEAR_MODELS: models });
	const proxies: FaultProxy[] = [];
	const through = async (url: string, name: string) => {
		const proxy = await startFaultProxy(Number(new URL(url).port));
		proxies.push(proxy);
		return { proxy, url: url.replace(/\/\/.*$/, `//${name}:${proxy.port}`) };
	};
	const ways: { mqtt?: FaultProxy; http?: FaultProxy } = {};
	const installation = await startInstallation(() => ({ evidence: { minFreeBytes: 5_000_000 } }), {
		folder,
		envOf: outside.envOf,
		async beforeStart({ edgeConfigFile }) {
			const config = JSON.parse(await readFile(edgeConfigFile, "utf8")) as {
				server: { url: string };
				mqtt: { url: string };
			};
			const [mqtt, http] = [await through(config.mqtt.url, names.mqtt), await through(config.server.url, names.http)];
			Object.assign(ways, { mqtt: mqtt.proxy, http: http.proxy });
			config.mqtt.url = mqtt.url;
			config.server.url = http.url;
			const more = { model, readPlates: false, ring: { maxBytes: 60_000_000 }, evidence: { minFreeBytes: 10_000_000 } };
			await writeFile(edgeConfigFile, JSON.stringify({ ...config, ...more }));
		},
	});
	const { id } = await installation.api.post<CameraAnswer>("/api/cameras", {
		...{ name: "gate", edgeId: installation.edgeId, url: camera.url(path), sampleEveryMs: 500 },
	});
	const polygon = [
		[0.03, 0.15],
		[0.6, 0.15],
		[0.6, 0.9],
		[0.03, 0.9],
	];
	const zones = [{ id: "lane-1", name: "gate", kind: "fire_lane", polygon, policy: { objectOnDelayMs: 3_600_000 } }];
	await installation.api.put(`/api/cameras/${id}/zones`, { zones });
	const told = new Told(databaseFile(installation.serverDataFolder));
	const world: World = {
		...{
			installation,
			folder,
			camera,
			clips,
			disks,
			outside,
			told,
			mqtt: ways.mqtt as FaultProxy,
			http: ways.http as FaultProxy,
		},
		arrive: () => show(camera, clips.occupied),
		leave: () => show(camera, clips.empty),
		async close() {
			told.letGo();
			await installation.close();
			await camera.close();
			for (const proxy of proxies) await proxy.close();
			for (const disk of Object.values(disks ?? {})) await disk.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
	await until("the lane to be seen", () => told.laneState() === "clear", {
		deadlineMs: 120_000,
		lastSeen: () => installation.logs().slice(-2_000),
	});
	return world;
}

async function show(camera: SimulatedCamera, clip: string): Promise<number> {
	await camera.changeClip(path, clip);
	return Date.now();
}

async function makeDisks(folder: string): Promise<World["disks"]> {
	const edge = await makeOwnDisk(join(folder, "edge"));
	const server = await makeOwnDisk(join(folder, "server"));
	if (edge && server) return { edge, server };
	for (const disk of [edge, server]) await disk?.close();
	return null;
}

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { databaseFile } from "../../src/server/store/database-file.ts";
import { type SimulatedCamera, startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { type RunningInstallation, startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { type BlockClips, makeBlockClips } from "./block-camera.ts";
import { putBlockModel } from "./block-model.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

export const path = "/gate";
/** Each data folder lies on a disk of its own of so many bytes, where this machine lets us make one: room for every clip. */
const diskBytes = 1_000_000_000;

/** As the server has it. */
export interface AlertSeen {
	readonly id: string;
	readonly enteredAt: number;
	readonly raisedAt: number;
	readonly clearedAt: number | null;
	/** Nothing is to come any more, and each file that was taken is there. */
	readonly isWhole: boolean;
}

/**
 * Server with broker, edge and camera as real processes and real protocols on this machine; the ways between edge and server
 * can be made bad. Only the detection model is ours: it sees a car where the camera shows a block.
 */
export interface World {
	readonly installation: RunningInstallation;
	readonly mqtt: FaultProxy;
	readonly http: FaultProxy;
	readonly camera: SimulatedCamera;
	readonly clips: BlockClips;
	readonly disks: { readonly server: string; readonly edge: string } | null;
	/** A vehicle stands in the lane from now on; answers since when. */
	arrive(): Promise<number>;
	leave(): Promise<number>;
	/** Those that were raised after an instant, in the order of their entries. */
	alertsSince(at: number): readonly AlertSeen[];
	/** As the wall shows it: what an absent edge said last is unknown. */
	laneState(): string;
	close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
	const folder = await mkdtemp(join(tmpdir(), "keepclear-faults-"));
	const models = join(folder, "models");
	await mkdir(models);
	process.env["KEEPCLEAR_MODELS"] = models;
	const model = await putBlockModel(models);
	const clips = await makeBlockClips(folder);
	const camera = await startRtspCamera({
		streams: [{ path, clip: clips.empty, user: "admin", password: "first" }],
	});
	const disks = await mountDisks(folder);
	const proxies: FaultProxy[] = [];
	const through = async (url: string) => {
		const proxy = await startFaultProxy(Number(new URL(url).port));
		proxies.push(proxy);
		return { proxy, url: url.replace(/:\d+$/, `:${proxy.port}`) };
	};
	const ways: { mqtt?: FaultProxy; http?: FaultProxy } = {};
	const installation = await startInstallation(() => ({ evidence: { minFreeBytes: 5_000_000 } }), {
		folder,
		async beforeStart({ edgeConfigFile }) {
			const config = JSON.parse(await readFile(edgeConfigFile, "utf8")) as {
				server: { url: string };
				mqtt: { url: string };
			};
			const [mqtt, http] = [await through(config.mqtt.url), await through(config.server.url)];
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
	const database = new Database(databaseFile(installation.serverDataFolder), { readonly: true });
	const world: World = {
		...{ installation, camera, clips, disks, mqtt: ways.mqtt as FaultProxy, http: ways.http as FaultProxy },
		arrive: () => show(camera, clips.occupied),
		leave: () => show(camera, clips.empty),
		alertsSince: (at) => readAlerts(database, at),
		laneState: () => readState(database),
		async close() {
			database.close();
			await installation.close();
			await camera.close();
			for (const proxy of proxies) await proxy.close();
			for (const disk of Object.values(disks ?? {})) await run("umount", "-l", disk);
			await rm(folder, { recursive: true, force: true });
		},
	};
	await until("the lane to be seen", () => world.laneState() === "clear", {
		deadlineMs: 120_000,
		lastSeen: () => installation.logs().slice(-2_000),
	});
	return world;
}

async function show(camera: SimulatedCamera, clip: string): Promise<number> {
	await camera.changeClip(path, clip);
	return Date.now();
}

const run = async (program: string, ...args: string[]) => promisify(execFile)(program, args);

async function mountDisks(folder: string): Promise<World["disks"]> {
	const disks = { server: join(folder, "server"), edge: join(folder, "edge") };
	for (const disk of Object.values(disks)) {
		await mkdir(disk, { mode: 0o700 });
		const options = `size=${diskBytes},mode=700`;
		const made = await run("mount", "-t", "tmpfs", "-o", options, "keepclear", disk).catch(() => null);
		if (!made) return null;
	}
	return disks;
}

function readAlerts(database: Database.Database, since: number): readonly AlertSeen[] {
	return database
		.prepare<[number], Omit<AlertSeen, "isWhole"> & { isWhole: number }>(
			`SELECT a.id, a.entered_at AS enteredAt, a.raised_at AS raisedAt, a.cleared_at AS clearedAt,
				coalesce((SELECT json_extract(s.body, '$.complete') = 1 AND NOT EXISTS (
					SELECT 1 FROM json_each(s.body, '$.items') i WHERE i.value ->> 'state' = 'taken'
						AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.id = i.value ->> 'id'))
				FROM evidence_sets s WHERE s.alert_id = a.id), 0) AS isWhole
			FROM alerts a WHERE a.lane_id = 'lane-1' AND a.raised_at > ? ORDER BY a.entered_at`,
		)
		.all(since)
		.map((row) => ({ ...row, isWhole: row.isWhole === 1 }));
}

function readState(database: Database.Database): string {
	const row = database
		.prepare<[], { state: string | null; edge: string | null }>(
			`SELECT l.state, e.state AS edge FROM lanes l JOIN zones z ON z.lane_id = l.id JOIN cameras c ON c.id = z.camera_id
				JOIN edges e ON e.id = c.edge_id WHERE l.id = 'lane-1'`,
		)
		.get();
	return row?.edge === "online" ? (row.state ?? "unknown") : "unknown";
}

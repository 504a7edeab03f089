import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerClient } from "../../edge/centre/server-client.ts";
import { ClockWatch } from "../../edge/clock/clock-watch.ts";
import { parseEdgeConfig } from "../../edge/config.ts";
import type { OnnxDetector } from "../../edge/detect/onnx-detector.ts";
import { DiskWatch } from "../../edge/evidence/disk-watch.ts";
import { openEvidenceWorks } from "../../edge/evidence/open-evidence-works.ts";
import { openEdgeStore } from "../../edge/store/open-edge-store.ts";
import { openEdgeDisk } from "../support/edge-records.ts";
import { silentLog as log } from "../support/watched-camera.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-in-memory-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What an edge does at its start with what lies on disk, before it watches. */
async function startEdge(): Promise<{ inMemory: boolean; files: string[] }> {
	const written = { siteId: "estate", edgeId: "edge-1", dataFolder: folder, readPlates: false };
	const reached = { server: { url: "http://127.0.0.1:9", token: "t" }, mqtt: { url: "mqtt://127.0.0.1:9" } };
	const config = await parseEdgeConfig({ ...written, ...reached }, "edge.yaml");
	const store = openEdgeStore(folder, log);
	const detector = { forCamera: () => ({}) } as unknown as OnnxDetector; // nothing is looked at here
	const works = await openEvidenceWorks({
		...{ config, store, detector, log, server: new ServerClient(config.server), clock: new ClockWatch({ log }) },
		disk: new DiskWatch({ folder, minFreeBytes: 0, log }),
		edge: { siteId: "estate", edgeId: "edge-1", models: [], program: "0.1.0" },
		knowPlate: () => Promise.resolve(true),
	});
	await works.sweep();
	await works.close();
	const inMemory = store.memory;
	store.close();
	return { inMemory, files: (await readdir(join(folder, "evidence"))).sort() };
}

test("an edge that has to begin in memory leaves on disk what waits there, and the next start goes on with it", async () => {
	const disk = openEdgeDisk(folder, log);
	const kept = await disk.folder.keep("a-1.still_raised.jpg", Buffer.from("a still"));
	const still = { ...kept, id: "a-1.still_raised", alertId: "a-1", cameraId: "cam-1", kind: "still_raised" as const };
	disk.jobs.addStill({ ...still, capturedAt: 1 }, 1);
	disk.store.close();
	const manifest = "chain-1.1.manifest.json"; // no row speaks of it in memory, and none on disk either
	await writeFile(join(folder, "evidence", manifest), "{}");

	const database = join(folder, "edge.sqlite");
	await rename(database, `${database}.aside`);
	await mkdir(database); // cannot be opened, as on a full disk
	expect(await startEdge()).toEqual({ inMemory: true, files: [still.file, manifest] });

	await rm(database, { recursive: true });
	await rename(`${database}.aside`, database);
	expect(await startEdge()).toEqual({ inMemory: false, files: [still.file] });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CameraState, initialCameraState } from "#core/camera.ts";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import { SteadyStates } from "../../edge/store/steady-states.ts";
import { type EdgeDisk, openEdgeDisk } from "../support/edge-records.ts";

let folder: string;
let disk: EdgeDisk;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-states-"));
	disk = openEdgeDisk(folder);
});
afterEach(async () => {
	disk.store.close();
	await rm(folder, { recursive: true, force: true });
});

const lookedAt = (lastFrameAt: number): CameraState => ({ ...initialCameraState(), lastFrameAt });
const onDisk = (cameraId: string) => disk.states.load(cameraId, 0)?.lastFrameAt;
const left: OccupancyEvent = { kind: "left", zoneId: "lane", at: 3_000 };

test("a look without events is on disk before the next", async () => {
	const records = disk.recordsOf("cam-1");
	await records.record(lookedAt(1_000), [], null, 1_000);
	expect(onDisk("cam-1")).toBe(1_000);
	await records.record(lookedAt(1_200), [], null, 1_200);
	expect(onDisk("cam-1")).toBe(1_200);
});

test("looks of several cameras that come while the disk rests are one transaction", async () => {
	let commits = 0;
	const writes = {
		settled: true,
		write: (change: Parameters<EdgeDisk["writes"]["write"]>[0]) => {
			commits += 1;
			return disk.writes.write(change);
		},
	};
	const steady = new SteadyStates({ writes, states: disk.states, restPerCommit: 3 });
	await steady.save("cam-0", lookedAt(1_000), 1_000);
	await Promise.all([1, 2, 3, 4].map((n) => steady.save(`cam-${n}`, lookedAt(n), n)));
	expect(commits).toBe(2);
	expect([1, 2, 3, 4].map((n) => onDisk(`cam-${n}`))).toEqual([1, 2, 3, 4]);
});

test("a look with events goes at once, and no older state that waits comes after it", async () => {
	const records = disk.recordsOf("cam-1");
	const waiting = records.record(lookedAt(2_000), [], null, 2_000);
	await records.record(lookedAt(3_000), [left], null, 3_000);
	expect(onDisk("cam-1")).toBe(3_000);
	await waiting;
	expect(onDisk("cam-1")).toBe(3_000);
});

test("time that only passes writes nothing", async () => {
	const records = disk.recordsOf("cam-1");
	const state = lookedAt(1_000);
	await records.record(state, [], null, 1_000);
	disk.states.remove("cam-1");
	await records.record(state, [], null, 2_000);
	expect(onDisk("cam-1")).toBeUndefined();
});

test("a disk that takes nothing holds no look up", async () => {
	const records = disk.recordsOf("cam-1");
	disk.store.pragma("query_only = ON");
	await records.record(lookedAt(1_000), [left], null, 1_000);
	await records.record(lookedAt(2_000), [], null, 2_000);
	disk.store.pragma("query_only = OFF");
	expect(disk.writes.tryAgain()).toBe(true);
	await records.record(lookedAt(3_000), [], null, 3_000);
	expect(onDisk("cam-1")).toBe(3_000);
});

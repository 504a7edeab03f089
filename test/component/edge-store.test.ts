import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import Database from "better-sqlite3";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { initialCameraState } from "#core/camera.ts";
import { wait } from "#platform/wait.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { lockDataFolder } from "../../edge/store/edge-lock.ts";
import { OutboxSender } from "../../edge/publish/outbox-sender.ts";
import { openEdgeDisk } from "../support/edge-records.ts";

let folder: string;
let said: string;
const log = pino(
	new Writable({
		write(chunk: Buffer, _encoding, done) {
			said += chunk.toString();
			done();
		},
	}),
);
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-store-"));
	said = "";
});
afterEach(async () => {
	await chmod(folder, 0o700);
	await rm(folder, { recursive: true, force: true });
});

const period = (zoneId: string, at: number): OccupancyPeriod => ({
	occupancyId: `${zoneId}.${at}`,
	zoneId,
	cause: "vehicle",
	label: "car",
	confidence: 0.9,
	box: { x1: 0.1, y1: 0.1, x2: 0.2, y2: 0.2 },
	outline: [],
	clearance: null,
	enteredAt: at,
	raisedAt: at + 5_000,
	clearedAt: null,
});
const raised = (zoneId: string, at: number): OccupancyEvent => ({
	kind: "raised",
	zoneId,
	at: at + 5_000,
	period: period(zoneId, at),
});
const cleared = (zoneId: string, at: number): OccupancyEvent => ({
	kind: "cleared",
	zoneId,
	at: at + 9_000,
	period: { ...period(zoneId, at), clearedAt: at + 8_000 },
	by: "camera",
});
const ids = (waiting: readonly { id: string }[]) => waiting.map(({ id }) => id);

describe("the edge's database", () => {
	test("is for the edge's own user alone: camera passwords are in it", async () => {
		openEdgeDisk(folder, log).store.close();
		expect((await stat(join(folder, "edge.sqlite"))).mode & 0o077).toBe(0);
	});

	test("that is damaged is put aside and said, and a fresh one begun", async () => {
		await writeFile(join(folder, "edge.sqlite"), "this is no database, and it is longer than a header".repeat(50));
		const disk = openEdgeDisk(folder, log);
		await disk.recordsOf("cam-1").record(initialCameraState(), [raised("lane-1", 1_000)], null, 6_000);
		expect(disk.outbox.size).toBe(1);
		disk.store.close();
		expect((await readdir(folder)).some((name) => name.startsWith("edge.sqlite.aside-"))).toBe(true);
		expect(said).toContain("it was put aside, a fresh one is begun");
	});

	test("that is damaged takes the evidence that waited aside with it: beside a fresh one that would be nobody's, and swept", async () => {
		for (const text of ["first", "second", "third"]) {
			await writeFile(join(folder, "edge.sqlite"), "damaged".repeat(50));
			const disk = openEdgeDisk(folder, log);
			await disk.folder.sweep(disk.jobs.files());
			disk.store.close();
			await disk.folder.keep("lane-1.1000.clip.mp4", Buffer.from(text));
			await wait(2);
		}
		const aside = (await readdir(folder)).filter((name) => name.startsWith("evidence.aside-")).sort();
		const kept = await Promise.all(aside.map((name) => readFile(join(folder, name, "lane-1.1000.clip.mp4"), "utf8")));
		expect(kept).toEqual(["first", "second"]);
		expect(said).toContain('"evidenceAside":{"aside":');
	});

	test("that is damaged at each start leaves the first and the latest three aside", async () => {
		for (let i = 0; i < 6; i += 1) {
			await writeFile(join(folder, "edge.sqlite"), `damaged ${i}`.repeat(50));
			openEdgeDisk(folder, log).store.close();
			await wait(2);
		}
		const aside = (await readdir(folder)).filter((name) => name.includes(".aside-")).sort();
		const kept = await Promise.all(aside.map((name) => readFile(join(folder, name), "utf8")));
		expect(kept.map((text) => text.slice(0, 9))).toEqual([0, 3, 4, 5].map((i) => `damaged ${i}`));
		expect(said).toContain('"givenUp":["');
	});

	test("of another version is put aside too", async () => {
		const other = new Database(join(folder, "edge.sqlite"));
		other.exec("CREATE TABLE things (x); PRAGMA user_version = 99");
		other.close();
		openEdgeDisk(folder, log).store.close();
		expect(said).toContain("is of version 99");
	});

	test("on a folder that cannot be made goes on in memory, and says so", async () => {
		await writeFile(join(folder, "file"), "");
		const disk = openEdgeDisk(join(folder, "file", "data"), log);
		await disk.recordsOf("cam-1").record(initialCameraState(), [raised("lane-1", 1_000)], null, 6_000);
		expect(ids(disk.outbox.pending(10))).toEqual(["lane-1.1000.raised"]);
		expect(said).toContain("going on in memory");
	});

	test("a camera's state that cannot be read is put aside and said; the camera begins afresh", () => {
		const disk = openEdgeDisk(folder, log);
		disk.store.exec("INSERT INTO camera_states VALUES ('cam-1', '{\"version\":99}', 5)");
		expect(disk.recordsOf("cam-1").load(10)).toBeUndefined();
		expect(disk.store.prepare("SELECT camera_id, put_aside_at FROM camera_states_aside").all()).toEqual([
			{ camera_id: "cam-1", put_aside_at: 10 },
		]);
		expect(said).toContain("was put aside and the camera begins afresh");
		disk.store.close();
	});

	test("is one edge's: a second on the same folder is refused in a sentence", () => {
		const lock = lockDataFolder(folder);
		expect(() => lockDataFolder(folder)).toThrow("another edge is running with this dataFolder");
		lock.release();
		lockDataFolder(folder).release();
	});
});

describe("a disk that takes nothing", () => {
	test("holds no alert: they go out from memory, and are on disk when it takes them again", async () => {
		const disk = openEdgeDisk(folder, log);
		const records = disk.recordsOf("cam-1");
		await records.record(initialCameraState(), [raised("lane-1", 1_000)], null, 6_000);
		disk.store.pragma("query_only = ON"); // SQLite refuses to write, as on a disk that is read-only

		await records.record(initialCameraState(), [raised("lane-2", 2_000)], null, 7_000);
		await records.record(initialCameraState(), [cleared("lane-2", 2_000)], null, 11_000);
		expect(said).toContain("the edge's database cannot be written");
		expect(ids(disk.outbox.pending(10))).toEqual(["lane-1.1000.raised", "lane-2.2000.raised"]);

		disk.outbox.acknowledge(["lane-2.2000.raised"]);
		expect(ids(disk.outbox.pending(10))).toEqual(["lane-1.1000.raised", "lane-2.2000.cleared"]);

		disk.store.pragma("query_only = OFF");
		expect(disk.writes.tryAgain()).toBe(true);
		expect(ids(disk.outbox.pending(10))).toEqual(["lane-1.1000.raised", "lane-2.2000.cleared"]);
		disk.outbox.acknowledge(["lane-1.1000.raised", "lane-2.2000.cleared"]);
		expect(disk.outbox.size).toBe(0);
		disk.store.close();
	});

	test("holds no lane although what the server knows of it cannot be taken out, and keeps its order", async () => {
		const disk = openEdgeDisk(folder, log);
		const records = disk.recordsOf("cam-1");
		await records.record(initialCameraState(), [raised("lane-1", 1_000)], null, 6_000);
		await records.record(initialCameraState(), [cleared("lane-1", 1_000)], null, 10_000);
		disk.store.pragma("query_only = ON");
		await records.record(initialCameraState(), [raised("lane-1", 20_000)], null, 25_000);

		const inTurn = ["lane-1.1000.raised", "lane-1.1000.cleared", "lane-1.20000.raised"];
		for (const id of inTurn) {
			expect(ids(disk.outbox.pending(10))).toEqual([id]);
			disk.outbox.acknowledge([id]);
		}
		expect(disk.outbox.pending(10)).toEqual([]);

		disk.store.pragma("query_only = OFF");
		expect(disk.writes.tryAgain()).toBe(true);
		expect([disk.outbox.pending(10), disk.outbox.size]).toEqual([[], 0]);
		disk.store.close();
	});

	test("holds any number of alerts in memory: beyond the bound what has none goes, the oldest first", async () => {
		const disk = openEdgeDisk(folder, log);
		const records = disk.recordsOf("cam-1");
		disk.store.pragma("query_only = ON");
		await records.record(initialCameraState(), [raised("lane-1", 1_000)], null, 6_000);
		const applied: number[] = [];
		for (let i = 0; i < 10_002; i += 1) disk.writes.write({ alerts: [], apply: () => void applied.push(i) });
		expect(ids(disk.outbox.pending(10))).toEqual(["lane-1.1000.raised"]);

		disk.store.pragma("query_only = OFF");
		expect(disk.writes.tryAgain()).toBe(true);
		expect(ids(disk.outbox.pending(10))).toEqual(["lane-1.1000.raised"]);
		expect([applied.length, applied[0]]).toEqual([9_999, 3]);
		disk.store.close();
	});

	test("and cannot be read either does not end the edge: what is in memory is sent", async () => {
		const disk = openEdgeDisk(folder, log);
		const records = disk.recordsOf("cam-1");
		await records.record(initialCameraState(), [raised("lane-1", 1_000)], null, 6_000);
		expect(disk.outbox.size).toBe(1);
		disk.store.close(); // every statement throws
		await records.record(initialCameraState(), [raised("lane-2", 2_000)], null, 7_000);

		const sent: string[] = [];
		const sender = new OutboxSender(disk.outbox, log);
		sender.attach((body) => sent.push((JSON.parse(body) as { id: string }).id));
		expect(sent).toEqual(["lane-2.2000.raised"]);
		expect(disk.outbox.size).toBe(2);
		sender.takeAck({ v: 1, at: 1, applied: ["lane-2.2000.raised"], refused: [] });
		expect(disk.outbox.size).toBe(1);
	});
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { typescriptLoader } from "#platform/child-process.ts";
import { createLog } from "#platform/log.ts";
import { processTree } from "#platform/process-tree.ts";
import { DetectorError } from "../../edge/detect/detector.ts";
import type { Detection } from "#core/detection.ts";
import type { LookTask } from "../../edge/detect/inference-worker.ts";
import { detectionsSchema } from "../../edge/detect/found-schemas.ts";
import { fitRegion } from "../../edge/detect/letterbox.ts";
import type { PreparedModel } from "../../edge/detect/prepared-model.ts";
import { WorkerPool } from "../../edge/detect/worker-pool.ts";
import { until } from "../support/poll.ts";

const entry = new URL("../support/dying-worker.ts", import.meta.url);
const options = { entry, found: detectionsSchema, log: createLog("test", "silent") };
const model = (name = "stand-in") => ({ name }) as PreparedModel;

let pool: WorkerPool<LookTask, readonly Detection[]> | null = null;
afterEach(async () => {
	await pool?.close();
	pool = null;
});
const start = async (workers = 1, hangsAfterMs = 30_000) => {
	pool = await WorkerPool.start(model(), { ...options, workers, hangsAfterMs });
	return pool;
};

const task = (told: number): LookTask => ({
	letterbox: fitRegion({ x: 0, y: 0, width: 1, height: 1 }, { width: 32, height: 32 }, "centre"),
	rgb: Uint8Array.of(told, 0, 0),
	frameWidth: 1,
	frameHeight: 1,
});
/** Processes that this one has started. */
const children = () => processTree().length - 1;
const labels = async (found: Promise<(readonly { label: string }[])[]>) =>
	(await found).flat().map((each) => each.label);

describe("a worker that dies", () => {
	test.each([
		["throws", 1, /a detector worker died: out of memory, say/],
		["exits", 2, /a detector worker died/],
	])("because it %s fails its look, is replaced, and the next look succeeds", async (_, told, sentence) => {
		const running = await start();
		await expect(running.look("gate", [task(told)])).rejects.toThrow(sentence);
		expect(await labels(running.look("gate", [task(9)]))).toEqual(["9"]);
	});

	test("takes only its own look along: others that wait are looked at", async () => {
		const running = await start();
		const failed = running.look("gate", [task(2)]);
		const waited = running.look("yard", [task(8)]);
		await expect(failed).rejects.toBeInstanceOf(DetectorError);
		expect(await labels(waited)).toEqual(["8"]);
	});

	test("or hangs is ended after a while", async () => {
		const running = await start(1, 200);
		await expect(running.look("gate", [task(3)])).rejects.toBeInstanceOf(DetectorError);
		expect(await labels(running.look("gate", [task(9)]))).toEqual(["9"]);
	});

	test("before it is ready is told at the start", async () => {
		await expect(WorkerPool.start(model("stillborn"), { ...options, workers: 1 })).rejects.toThrow(/did not start/);
	});
});

test("a look that fails says why, and its worker goes on", async () => {
	const running = await start();
	await expect(running.look("gate", [task(4)])).rejects.toThrow(/could not be run on a picture: no such shape/);
	expect(await labels(running.look("gate", [task(9)]))).toEqual(["9"]);
});

test("looks of one picture come back together, and all fail where one fails", async () => {
	const running = await start(2);
	expect(await labels(running.look("gate", [task(8), task(9)]))).toEqual(["8", "9"]);
	await expect(running.look("gate", [task(8), task(4), task(9)])).rejects.toBeInstanceOf(DetectorError);
	expect(await labels(running.look("gate", [task(9)]))).toEqual(["9"]);
});

test("a camera that asks for too much at once is refused, the others are not", async () => {
	const running = await start();
	const busy = running.look("gate", [task(9)]);
	const many = Array.from({ length: 9 }, () => task(9));
	await expect(running.look("gate", many)).rejects.toThrow(/not keeping up: gate/);
	expect(await labels(running.look("yard", [task(8)]))).toEqual(["8"]);
	await busy;
});

test("a look that nobody waits for any more ends with the signal's reason, and is not done", async () => {
	const running = await start();
	const first = running.look("gate", [task(3)]);
	first.catch(() => {});
	const given = new AbortController();
	const second = running.look("gate", [task(8)], given.signal);
	given.abort(new Error("the camera was removed"));
	await expect(second).rejects.toThrow("the camera was removed");
	await expect(running.look("gate", [task(8)], given.signal)).rejects.toThrow("the camera was removed");
});

test("a look whose answer is no detection ends its worker: it is not believed", async () => {
	const running = await start();
	await expect(running.look("gate", [task(5)])).rejects.toThrow(/a detector worker died/);
	expect(await labels(running.look("gate", [task(9)]))).toEqual(["9"]);
});

test("closing ends at once what waits and what runs, and no process stays", async () => {
	const running = await start(2);
	const whileRunning = children();
	const looks = [3, 3, 9].map((told) => running.look("gate", [task(told)]));
	const ends = looks.map((look) => expect(look).rejects.toThrow("the detector is closed"));
	await running.close();
	await Promise.all(ends);
	await expect(running.look("gate", [task(9)])).rejects.toThrow("the detector is closed");
	await until("both processes to end", () => children() <= whileRunning - 2, { lastSeen: children });
});

test("a worker does not outlive a program that is killed", async () => {
	const module = new URL("../../src/platform/worker/worker-process.ts", import.meta.url).href;
	const program = `
		const { WorkerProcess } = await import("${module}");
		const confinement = { memoryBytes: 3e9, memoryIs: "data", fileBytes: 0, needsNetwork: false, needsFiles: "at first" };
		const onAnswer = () => console.log(worker.pid);
		const worker = new WorkerProcess(new URL("${entry.href}"), { name: "stand-in" }, { confinement, onAnswer });`;
	const parent = spawn(process.execPath, [...typescriptLoader, "--input-type=module", "-e", program]);
	const [line] = (await once(parent.stdout, "data")) as [Buffer];
	const worker = `/proc/${Number(line.toString())}`;
	expect(existsSync(worker)).toBe(true);
	parent.kill("SIGKILL");
	await until("the worker to end", () => !existsSync(worker), { deadlineMs: 10_000 });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CameraFact, type CameraState, initialCameraState, reduceCamera } from "#core/camera.ts";
import { exemptStayBody } from "#contract/exempt-stays-api.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import { createLog } from "#platform/log.ts";
import { ServerError } from "../../edge/centre/server-client.ts";
import { tellerOfExemptStays } from "../../edge/evidence/exempt-teller.ts";
import { setBodyOf } from "../../edge/evidence/set-teller.ts";
import { type EdgeDisk, openEdgeDisk } from "../support/edge-records.ts";
import { looks, oneLane, shortDelays, standsFrom } from "../support/synthetic-camera.ts";

const plate: KnownPlate = { text: "蒙X1234应急", plateClass: "emergency", colour: "white" };
const scene = oneLane({ ...shortDelays, vehicleOnDelayMs: 20_000 });
const engine = { label: "truck", seed: 3, boxAt: standsFrom(5_000, 60_000) };

let folder: string;
let disk: EdgeDisk;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-exempt-"));
	disk = openEdgeDisk(folder);
});
afterEach(async () => {
	disk.store.close();
	await rm(folder, { recursive: true, force: true });
});

/** Plays facts from what is on disk; each one's consequences are on disk before the next. */
async function play(facts: readonly CameraFact[]): Promise<void> {
	const records = disk.recordsOf("cam-1");
	let state: CameraState = records.load(0) ?? initialCameraState();
	for (const fact of facts) {
		const step = reduceCamera(state, fact, scene);
		state = step.state;
		await records.record(state, step.events, null, fact.kind === "frame" ? fact.capturedAt : fact.at, scene);
	}
	records.save(state, 0);
}
const frames = (fromMs: number, toMs: number) => looks([engine], { fromMs, toMs });
const known = (at: number): CameraFact => ({ kind: "plate", at, occupancyId: disk.allSets.ids()[0] ?? "", plate });
const restart = () => {
	disk.store.close();
	disk = openEdgeDisk(folder);
};

test("an exempt vehicle's evidence goes; that it stood there is kept until the server knows that it has left", async () => {
	await play(frames(0, 10_000));
	expect(disk.allSets.ids()).toHaveLength(1);
	await play([known(10_001)]);
	restart(); // between the plate and the next look
	await play(frames(11_000, 30_000));
	expect([disk.allSets.ids(), disk.store.prepare("SELECT count(*) FROM evidence_jobs").pluck().get()]).toEqual([[], 0]);
	const [stay] = disk.exempt.toTell(10);
	expect(exemptStayBody.parse(stay?.body)).toMatchObject({
		...{ laneId: "lane", cameraId: "cam-1", plate: plate.text, plateClass: "emergency", revision: 1, endedAt: null },
		exemption: { reason: "emergency", permitId: null },
	});
	disk.exempt.told(stay!);
	expect(disk.exempt.toTell(10)).toEqual([]);
	restart();
	await play(frames(31_000, 75_000));
	const [left] = disk.exempt.toTell(10);
	expect(left).toMatchObject({ id: stay?.id, body: { revision: 2, why: "left" } });
	disk.exempt.told(left!);
	expect(disk.store.prepare("SELECT count(*) FROM exempt_stays").pluck().get()).toBe(0);
});

test("whose plate is known after the raise: its alert stays, and its evidence says why it may stand there", async () => {
	await play(frames(0, 30_000));
	await play([known(30_001)]);
	await play(frames(31_000, 40_000));
	const [alertId = ""] = disk.allSets.ids();
	const { plate: told } = setBodyOf(disk.allSets.find(alertId)!);
	expect(told?.exemption).toEqual({ reason: "emergency", permitId: null });
	expect(disk.exempt.toTell(10)).toEqual([]);
});

test("a camera that goes ends what it told; what the server refuses for good is set aside, the rest waits", async () => {
	await play([...frames(0, 10_000)]);
	await play([known(10_001), ...frames(11_000, 15_000)]);
	disk.recordsOf("cam-1").forget();
	expect(disk.exempt.toTell(10)).toMatchObject([{ body: { why: "zone_removed" } }]);
	const answers = [new ServerError("away", 0), new ServerError("no such address", 404)];
	const exemptStay = () => Promise.reject(answers.shift() ?? new Error("asked too often"));
	const teller = tellerOfExemptStays({ stays: disk.exempt, server: { exemptStay }, log: createLog("test", "silent") });
	const { signal } = new AbortController();
	await expect(teller.tellAll(signal)).rejects.toThrow("away");
	await teller.tellAll(signal);
	expect(disk.exempt.toTell(10)).toEqual([]);
});

test("a database that was begun before there were any goes on with what is in it", async () => {
	await play(frames(0, 10_000));
	disk.store.exec("DROP TABLE exempt_stays");
	restart();
	expect([disk.allSets.ids().length, disk.exempt.toTell(10)]).toEqual([1, []]);
	expect(new Database(join(folder, "edge.sqlite"), { readonly: true }).pragma("user_version", { simple: true })).toBe(
		2,
	);
});

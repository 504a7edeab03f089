import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { initialCameraState } from "#core/camera.ts";
import { occupancyIdOf } from "#core/occupancy/occupancy-id.ts";
import type { Polygon } from "#core/geometry/shapes.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { photoSteps } from "../../edge/evidence/photo-maker.ts";
import { type EdgeDisk, openEdgeDisk } from "../support/edge-records.ts";
import { photoMakerOf } from "../support/photo-maker-of.ts";
import { until } from "../support/poll.ts";
import { ringOfClips } from "../support/ring-of-clips.ts";

const child = fileURLToPath(new URL("../support/take-photos-and-die.ts", import.meta.url));
const enteredAt = 1_700_000_000_000;
const alertId = occupancyIdOf("lane-1", enteredAt);
const id = (kind: string) => `${alertId}.${kind}`;
const box = { x1: 0.2, y1: 0.2, x2: 0.7, y2: 0.8 };
const occupant = { cause: "vehicle", label: "car", confidence: 0.9, box, outline: [] } as const;
const entered: OccupancyEvent = { kind: "entered", zoneId: "lane-1", at: enteredAt + 2_000, enteredAt, occupant };
const left: OccupancyEvent = { kind: "left", zoneId: "lane-1", at: enteredAt + 60_000 };
const period: OccupancyPeriod = {
	...occupant,
	...{ occupancyId: alertId, zoneId: "lane-1", enteredAt, raisedAt: enteredAt + 120_000 },
	...{ clearance: null, clearedAt: null },
};
const outline: Polygon = [
	[0.3, 0.3],
	[0.6, 0.3],
	[0.6, 0.6],
	[0.3, 0.6],
];
const raised: OccupancyEvent = { kind: "raised", zoneId: "lane-1", at: period.raisedAt, period };
const clearedAt = (at: number): OccupancyEvent => ({
	...{ kind: "cleared", zoneId: "lane-1", at: at + 10_000, by: "camera" },
	period: { ...period, clearedAt: at },
});

let folder: string;
let disk: EdgeDisk;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-photos-"));
	disk = openEdgeDisk(join(folder, "data"));
});
afterEach(async () => {
	disk.store.close();
	await rm(folder, { recursive: true, force: true });
});

const say = (...events: OccupancyEvent[]) =>
	disk.recordsOf("cam-1").record(initialCameraState(), events, null, enteredAt);
/** A still scene in full HD: the clip's noise is the camera's. */
const clip = { size: "1920x1080", seconds: 4, rate: 5, group: 10 } as const;
const ringAt = (...startedAt: number[]) =>
	ringOfClips(
		join(folder, "ring"),
		startedAt.map((at) => ({ startedAt: at, clip })),
	);
const item = (kind: string) => disk.allSets.find(alertId)?.items.find((each) => each.id === id(kind));
const uploads = () => disk.jobs.toUpload().map((job) => job.id);

function meanDifference(one: Buffer, other: Buffer): number {
	let sum = 0;
	for (let at = 0; at < one.length; at += 97) sum += Math.abs(one[at]! - other[at]!);
	return sum / (one.length / 97);
}

describe("a photo", () => {
	test("has every pixel of the main stream, is of the wanted instant, and says its size", async () => {
		const ring = await ringAt(enteredAt - 3_000, enteredAt + 1_000);
		await say(entered);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 6_000);
		const kept = await sharp(disk.folder.fileOf(`${id("panorama_entry")}.jpg`)).metadata();
		expect(kept).toMatchObject({ format: "jpeg", width: 1920, height: 1080, chromaSubsampling: "4:4:4" });
		expect(item("panorama_entry")).toMatchObject({
			state: "taken",
			taken: { widthPx: 1920, heightPx: 1080, clock: { offsetMs: 12.5, source: "chrony" } },
		});
		const { capturedAt = 0 } = item("panorama_entry")?.taken ?? {};
		expect(capturedAt).toBeGreaterThanOrEqual(enteredAt);
		expect(capturedAt).toBeLessThanOrEqual(enteredAt + 200); // one picture of five a second
	});

	test("has a copy with the facts below the picture; its own bytes are not touched", async () => {
		const ring = await ringAt(enteredAt - 1_000);
		await say(entered, raised);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 6_000);
		const { taken } = item("panorama_entry") ?? {};
		const original = disk.folder.fileOf(`${id("panorama_entry")}.jpg`);
		expect((await disk.folder.describe(`${id("panorama_entry")}.jpg`)).sha256).toBe(taken?.sha256);
		const copy = disk.folder.fileOf(`${taken?.overlay?.id}.jpg`);
		const { height = 0 } = await sharp(copy).metadata();
		expect(height).toBeGreaterThan(1080 + 5 * 27);
		const seen = (file: string) => sharp(file).extract({ left: 0, top: 0, width: 1920, height: 1000 }).raw().toBuffer();
		const [one, other] = await Promise.all([seen(original), seen(copy)]);
		expect(meanDifference(one, other)).toBeLessThan(6);
		expect(taken?.overlay?.lines.join("\n")).toContain(taken?.sha256.slice(0, 8).toUpperCase());
	});

	test("of goods: the empty lane before them, what lies there, and that with their outline drawn", async () => {
		const confirmAt = enteredAt + 300_000;
		const ring = await ringAt(enteredAt - 20_000, confirmAt - 1_000);
		const goods = { ...occupant, cause: "object", label: "object", outline: [outline] } as const;
		await say(
			{ ...entered, occupant: goods },
			{ ...raised, at: confirmAt, period: { ...period, ...goods, raisedAt: confirmAt } },
		);
		await photoMakerOf(disk, ring).makeDue(confirmAt + 5_000);
		expect(uploads().toSorted()).toEqual(
			["outline", "panorama_confirmed", "panorama_confirmed.overlay", "reference", "reference.overlay"].map(id),
		);
		expect(item("reference")?.taken?.capturedAt).toBeLessThanOrEqual(enteredAt - 15_000);
		const yellow = await sharp(disk.folder.fileOf(`${id("outline")}.jpg`))
			.extract({ left: Math.round(0.3 * 1920) - 1, top: 500, width: 2, height: 2 })
			.raw()
			.toBuffer();
		expect([...yellow.subarray(0, 3)].map((value) => Math.round(value / 64))).toEqual([4, 3, 0]);
	});

	test("of an entry that becomes no alert is never sent, and its file goes", async () => {
		const ring = await ringAt(enteredAt - 1_000);
		await say(entered);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 6_000);
		expect(uploads()).toEqual([]);
		await say(left);
		await until("its file to be gone", async () => (await readdir(disk.folder.path)).length === 0);
		expect(disk.jobs.photosToTake()).toEqual([]);
		expect(disk.allSets.find(alertId)).toBeUndefined();
	});

	test("of the entry goes with the alert; that of the confirmation says that nothing moved, in figures", async () => {
		const confirmAt = enteredAt + 180_000;
		const ring = await ringAt(enteredAt - 1_000, confirmAt - 1_000);
		await say(entered);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 6_000);
		await say(raised);
		expect(uploads()).toEqual([id("panorama_entry"), id("panorama_entry.overlay")]);
		await photoMakerOf(disk, ring).makeDue(confirmAt + 5_000);
		const { stillness } = disk.allSets.find(alertId) ?? {};
		expect(stillness).toMatchObject({ stoodStill: true, iou: 1, leastIou: 0.7, leastSimilarity: 0.7 });
		expect(stillness?.similarity).toBeGreaterThan(0.9);
		expect(stillness?.intervalMs).toBeGreaterThanOrEqual(180_000);
		expect(stillness?.intervalMs).toBeLessThan(180_600);
	});

	test("of the confirmation says so when something else stands there", async () => {
		const confirmAt = enteredAt + 180_000;
		const other = { ...clip, filter: "negate" };
		const ring = await ringOfClips(join(folder, "ring"), [
			{ startedAt: enteredAt - 1_000, clip },
			{ startedAt: confirmAt - 1_000, clip: other },
		]);
		await say(entered, raised);
		await photoMakerOf(disk, ring, { boxAt: () => null }).makeDue(confirmAt + 5_000);
		expect(disk.allSets.find(alertId)?.stillness).toMatchObject({ stoodStill: false, iou: null });
	});

	test("of the free lane is taken when the camera has seen it free; then nothing more is due but clips", async () => {
		const goneAt = enteredAt + 200_000;
		const ring = await ringAt(enteredAt - 1_000, enteredAt + 179_000, goneAt + 9_000);
		await say(entered, raised, clearedAt(goneAt));
		await photoMakerOf(disk, ring).makeDue(goneAt + 15_000);
		expect(item("panorama_cleared")).toMatchObject({ state: "taken" });
		expect(item("panorama_cleared")?.taken?.capturedAt).toBeGreaterThanOrEqual(goneAt + 10_000);
		expect(disk.jobs.photosToTake()).toEqual([]);
	});

	test("that the ring does not hold is missing, with its reason; the others are not held up", async () => {
		const ring = await ringAt(enteredAt + 179_000);
		await say(entered, raised);
		const maker = photoMakerOf(disk, ring);
		await maker.makeDue(enteredAt + 185_000);
		expect(item("panorama_entry")).toMatchObject({ state: "missing", reason: "no_video" });
		expect(item("panorama_confirmed")).toMatchObject({ state: "taken" });
		expect(disk.allSets.find(alertId)?.stillness).toMatchObject({ similarity: null, iou: 1 });
	});

	test("of a confirmation for which the camera was away is taken when it is back, while it stands there", async () => {
		const back = enteredAt + 400_000;
		await say(entered, raised);
		await photoMakerOf(disk, await ringAt(enteredAt - 1_000)).makeDue(enteredAt + 190_000);
		expect(item("panorama_confirmed")).toMatchObject({ state: "planned" });
		await photoMakerOf(disk, await ringAt(back)).makeDue(back + 5_000);
		expect(item("panorama_confirmed")).toMatchObject({ state: "taken", taken: { capturedAt: back } });
	});
});

test.each(photoSteps)(
	"killed after a photo is %s, the edge takes it once, whole, and leaves nothing behind",
	async (step) => {
		const ring = await ringAt(enteredAt - 1_000);
		await say(entered, raised);
		disk.store.close();
		const args = [join(folder, "data"), join(folder, "ring"), step, String(enteredAt + 6_000)];
		const end = await ended(spawnTied(process.execPath, [...typescriptLoader, child, ...args], { stdio: "inherit" }));
		expect(end.signal === "SIGKILL" || end.code === 137).toBe(true);

		disk = openEdgeDisk(join(folder, "data"));
		await disk.folder.sweep(disk.jobs.files());
		await photoMakerOf(disk, ring).makeDue(enteredAt + 6_000);
		const [photo, copy, ...others] = disk.jobs.toUpload();
		expect(others).toEqual([]);
		for (const { file, bytes, sha256 } of [photo!, copy!]) {
			expect(await disk.folder.describe(file)).toEqual({ file, bytes, sha256 });
		}
		expect((await readdir(disk.folder.path)).sort()).toEqual([photo!.file, copy!.file].sort());
		expect(item("panorama_entry")).toMatchObject({ state: "taken", taken: { sha256: photo!.sha256 } });
	},
);

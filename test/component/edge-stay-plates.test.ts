import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { initialCameraState } from "#core/camera.ts";
import type { Box } from "#core/geometry/shapes.ts";
import { occupancyIdOf } from "#core/occupancy/occupancy-id.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { createLog } from "#platform/log.ts";
import { plateBodyOf } from "../../edge/evidence/plate-plan.ts";
import { plateSteps } from "../../edge/evidence/stay-plates.ts";
import { openPhoto } from "../../edge/plates/open-photo.ts";
import { loadPlateModels, type PlateModelFiles } from "../../edge/plates/plate-models.ts";
import { createPlateReader, type PlateReader } from "../../edge/plates/plate-reader.ts";
import { drawPlates } from "../support/drawn-plates.ts";
import { type EdgeDisk, openEdgeDisk } from "../support/edge-records.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { ringOfPictures } from "../support/plate-ring.ts";
import { stayPlatesOf } from "../support/stay-plates-of.ts";

const child = fileURLToPath(new URL("../support/read-plates-and-die.ts", import.meta.url));
const models = await loadPlateModels({ finder: "ppocr-text" }).catch((): PlateModelFiles | null => null);

const enteredAt = 1_700_000_000_000;
const alertId = occupancyIdOf("lane-1", enteredAt);
/** Where the drawn car stands in the picture of 1280 by 720. */
const box: Box = { x1: 0.2, y1: 0.3, x2: 0.6, y2: 0.9 };
const blue = { ground: "#1d4fb4", ink: "#f2f2f2", width: 170, y: 520 } as const;
const own = { ...blue, text: "京A88731", x: 420 };
const neighbours = { ...blue, text: "沪B12345", x: 980 };
const occupant = { cause: "vehicle", label: "car", confidence: 0.9, box, outline: [] } as const;
const period: OccupancyPeriod = {
	...occupant,
	...{ occupancyId: alertId, zoneId: "lane-1", enteredAt, raisedAt: enteredAt + 120_000 },
	...{ clearance: null, clearedAt: null },
};
const raised: OccupancyEvent = { kind: "raised", zoneId: "lane-1", at: period.raisedAt, period };
const entered: OccupancyEvent = { kind: "entered", zoneId: "lane-1", at: enteredAt + 3_000, enteredAt, occupant };

let folder: string;
let disk: EdgeDisk;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-stay-plates-"));
	disk = openEdgeDisk(join(folder, "data"));
});
afterEach(async () => {
	disk.store.close();
	await rm(folder, { recursive: true, force: true });
});
const say = (...events: OccupancyEvent[]) =>
	disk.recordsOf("cam-1").record(initialCameraState(), events, null, enteredAt);
const plate = () => plateBodyOf(disk.allSets.find(alertId)!);

const pictureOf = (...plates: Parameters<typeof drawPlates>[0]) => drawPlates(plates, { width: 1280, height: 720 });

describe.skipIf(models === null)("a car with a drawn plate, out of a real ring, by the real models", () => {
	let reader: PlateReader;
	beforeAll(async () => {
		if (models) reader = await createPlateReader({ models, log: createLog("test", "silent") });
	});
	afterAll(() => reader.close());

	test("is read and sure within seconds of the entry; its neighbour's plate is not taken for its own", async () => {
		const picture = await pictureOf(own, neighbours);
		const ring = await ringOfPictures(join(folder, "ring"), [
			{ startedAt: enteredAt - 1_000, picture },
			{ startedAt: enteredAt + 2_000, picture },
		]);
		await say(entered);
		const { lines, log } = keptLog();
		const plates = stayPlatesOf(disk, ring, reader, { log });
		await plates.lookDue(enteredAt + 4_000);
		expect(plate()).toMatchObject({ state: "read", text: "京A88731", isSure: false, looks: 1 });
		await plates.lookDue(enteredAt + 5_000);
		expect(plate()).toMatchObject({
			text: "京A88731",
			isSure: true,
			settled: true,
			colour: "blue",
			plateClass: "small",
		});
		expect(lines.length).toBeGreaterThan(0);
		expect(JSON.stringify(lines)).not.toMatch(/88731/);
	});

	test("is told to the rules once it is sure, before its close-up is made, until they have it", async () => {
		const picture = await pictureOf(own);
		const ring = await ringOfPictures(join(folder, "ring"), [{ startedAt: enteredAt, picture, seconds: 5 }]);
		await say(entered);
		const told: unknown[] = [];
		const knowPlate = (...args: unknown[]) => Promise.resolve(told.push(args) > 1);
		const plates = stayPlatesOf(disk, ring, reader, { knowPlate: ({ alertId: id }, known) => knowPlate(id, known) });
		await plates.lookDue(enteredAt + 6_000);
		expect(told).toEqual([]);
		for (let i = 0; i < 2; i++) await plates.lookDue(enteredAt + 6_000);
		const known = [alertId, { text: "京A88731", plateClass: "small", colour: "blue" }];
		expect(told).toEqual([known]); // the camera was not watched yet
		expect(disk.allSets.find(alertId)?.closeUps).toHaveLength(2);
		for (let i = 0; i < 2; i++) await plates.lookDue(enteredAt + 6_000);
		expect([told, disk.allSets.find(alertId)?.closeUps]).toEqual([[known, known], []]);
	});

	test("has a close-up of every pixel of its best picture; it goes with the alert, or with nobody", async () => {
		const picture = await pictureOf(own, neighbours);
		const ring = await ringOfPictures(join(folder, "ring"), [{ startedAt: enteredAt, picture, seconds: 5 }]);
		await say(entered);
		const plates = stayPlatesOf(disk, ring, reader);
		for (let i = 0; i < 3; i++) await plates.lookDue(enteredAt + 6_000);
		const { items = [], closeUps } = disk.allSets.find(alertId) ?? {};
		expect(closeUps).toEqual([]);
		const taken = items.find(({ kind }) => kind === "plate")?.taken;
		const file = disk.folder.fileOf(`${alertId}.plate.jpg`);
		const [seen] = await reader.read(await openPhoto(file));
		expect(seen).toMatchObject({ text: "京A88731" });
		expect(Math.abs((seen?.widthPx ?? 0) - own.width)).toBeLessThan(40); // as large as in the camera's own picture
		expect(await sharp(file).metadata()).toMatchObject({ width: taken?.widthPx, chromaSubsampling: "4:4:4" });
		expect(taken?.overlay?.lines.join()).toMatch(/号牌特写.*号牌 京A88731（识别建议，待人工确认）.*逐字置信度 京 \d+%/);
		expect((await sharp(disk.folder.fileOf(`${alertId}.plate.overlay.jpg`)).metadata()).width).toBeGreaterThan(900);

		expect(disk.jobs.toUpload()).toEqual([]);
		await say(raised);
		expect(disk.jobs.toUpload().map(({ id }) => id)).toEqual([`${alertId}.plate`, `${alertId}.plate.overlay`]);
		await say({ ...entered, zoneId: "lane-2" });
		for (let i = 0; i < 3; i++) await plates.lookDue(enteredAt + 6_000);
		await say({ kind: "left", zoneId: "lane-2", at: enteredAt + 9_000 });
		await until("its files to be gone", async () => (await readdir(disk.folder.path)).length === 2);
	});

	test("is nobody's where a nearer vehicle stands in front of that place", async () => {
		const ring = await ringOfPictures(join(folder, "ring"), [{ startedAt: enteredAt, picture: await pictureOf(own) }]);
		await say(entered);
		const nearer = { x1: 0.25, y1: 0.6, x2: 0.7, y2: 1 };
		await stayPlatesOf(disk, ring, reader, { seenAt: () => ({ vehicles: [box, nearer], persons: [] }) }).lookDue(
			enteredAt + 4_000,
		);
		expect(plate()).toMatchObject({ state: "unread", reason: "not_found", looks: 1 });
	});

	test("that has none is told so after several pictures, not after one", async () => {
		const picture = await pictureOf();
		const moments = [0, 3_000, 8_000].map((ms) => ({ startedAt: enteredAt + ms, picture }));
		const ring = await ringOfPictures(join(folder, "ring"), moments);
		await say(entered);
		const plates = stayPlatesOf(disk, ring, reader);
		await plates.lookDue(enteredAt + 10_000);
		expect(plate()).toMatchObject({ state: "unread" });
		for (let i = 0; i < 2; i++) await plates.lookDue(enteredAt + 11_000);
		expect(plate()).toMatchObject({ state: "none", text: "无车牌", looks: 3 });
	});

	test.each(plateSteps)("killed after a picture was %s, the edge looks at each moment once", async (step) => {
		const picture = await pictureOf(own);
		const ring = await ringOfPictures(join(folder, "ring"), [{ startedAt: enteredAt, picture, seconds: 5 }]);
		await say(entered);
		disk.store.close();
		const args = [join(folder, "data"), join(folder, "ring"), step, String(enteredAt + 6_000)];
		const end = await ended(spawnTied(process.execPath, [...typescriptLoader, child, ...args], { stdio: "inherit" }));
		expect(end.signal === "SIGKILL" || end.code === 137).toBe(true);

		disk = openEdgeDisk(join(folder, "data"));
		const plates = stayPlatesOf(disk, ring, reader);
		await disk.folder.sweep(disk.jobs.files());
		for (let i = 0; i < 3; i++) await plates.lookDue(enteredAt + 7_000);
		const held = disk.store.prepare("SELECT file FROM evidence_jobs WHERE file IS NOT NULL").pluck().all();
		expect(held.toSorted()).toEqual([`${alertId}.plate.jpg`, `${alertId}.plate.overlay.jpg`]);
		expect((await readdir(disk.folder.path)).toSorted()).toEqual(held.toSorted());
		expect(plate()).toMatchObject({ text: "京A88731", isSure: true, looks: 2 });
		expect(disk.allSets.find(alertId)?.plateLooks?.map(({ wantedAt }) => wantedAt - enteredAt)).toEqual([0, 3_000]);
	});
});

describe("a stay whose plate cannot be read says why, and holds nothing up", () => {
	const failing = (): Promise<PlateReader> => Promise.reject(new Error("no such model"));

	test("no models, or models that cannot be run", async () => {
		await say(entered);
		await stayPlatesOf(disk, null, null).lookDue(enteredAt + 31_000);
		expect(plate()).toMatchObject({ state: "unread", reason: "no_models", settled: true });
		await stayPlatesOf(disk, null, null).lookDue(enteredAt + 32_000);
		const item = disk.allSets.find(alertId)?.items.find(({ kind }) => kind === "plate");
		expect(item).toMatchObject({ state: "missing", reason: "plate_not_read" });
		await say({ ...entered, zoneId: "lane-2" });
		await stayPlatesOf(disk, null, null, { openReader: failing }).lookDue(enteredAt + 31_000);
		const other = disk.allSets.find(occupancyIdOf("lane-2", enteredAt));
		expect(plateBodyOf(other!)).toMatchObject({ reason: "no_models" });
	});

	test("no video of that time, or no room for any; a vehicle that is too small is not even looked at", async () => {
		const reader: PlateReader = {
			read: () => Promise.reject(new Error("not to be asked")),
			close: async () => undefined,
		};
		await say(entered);
		const later = stayPlatesOf(disk, null, reader);
		await later.lookDue(enteredAt + 29_000);
		expect(plate()).toMatchObject({ reason: "waiting" });
		await later.lookDue(enteredAt + 31_000);
		expect(plate()).toMatchObject({ reason: "no_video" });
		await stayPlatesOf(disk, null, reader, { disk: { roomForVideo: false, roomForStills: true } }).lookDue(
			enteredAt + 39_000,
		);
		expect(plate()).toMatchObject({ reason: "no_room", settled: false });

		await say({ ...entered, zoneId: "lane-2", occupant: { ...occupant, box: { ...box, x2: 0.25 } } });
		const ring = await ringOfPictures(join(folder, "ring"), [{ startedAt: enteredAt, picture: await pictureOf() }]);
		await stayPlatesOf(disk, ring, reader).lookDue(enteredAt + 4_000);
		const other = disk.allSets.find(occupancyIdOf("lane-2", enteredAt));
		expect(plateBodyOf(other!)).toMatchObject({ reason: "too_small", looks: 1 });
	});

	test("models that fail are tried again, then given up for that moment", async () => {
		let asked = 0;
		const reader: PlateReader = {
			read: () => Promise.reject(new Error(`the model failed ${(asked += 1)} times`)),
			close: async () => undefined,
		};
		const ring = await ringOfPictures(join(folder, "ring"), [{ startedAt: enteredAt, picture: await pictureOf() }]);
		await say(entered);
		const plates = stayPlatesOf(disk, ring, reader);
		for (const ms of [4_000, 5_000, 9_500]) await plates.lookDue(enteredAt + ms);
		expect([asked, plate()?.reason]).toEqual([2, "waiting"]);
		await plates.lookDue(enteredAt + 31_000);
		expect([asked, plate()?.reason]).toEqual([3, "failed"]);
	});
});

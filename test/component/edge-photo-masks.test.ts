import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { initialCameraState } from "#core/camera.ts";
import type { Detection } from "#core/detection.ts";
import { occupancyIdOf } from "#core/occupancy/occupancy-id.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { createLog } from "#platform/log.ts";
import { evidenceSetBody } from "#contract/evidence-set.ts";
import { type Detector, DetectorError } from "../../edge/detect/detector.ts";
import { PhotoMasks, type PhotoMasksParts } from "../../edge/evidence/photo-masks.ts";
import type { PhotoSource } from "../../edge/evidence/photo-maker.ts";
import { setBodyOf } from "../../edge/evidence/set-teller.ts";
import { loadPlateModels, type PlateModelFiles } from "../../edge/plates/plate-models.ts";
import { createPlateReader, type PlateReader } from "../../edge/plates/plate-reader.ts";
import { drawPlates } from "../support/drawn-plates.ts";
import { type EdgeDisk, openEdgeDisk } from "../support/edge-records.ts";
import { photoMakerOf } from "../support/photo-maker-of.ts";
import { ringOfPictures } from "../support/plate-ring.ts";

const models = await loadPlateModels({ finder: "ppocr-text" }).catch((): PlateModelFiles | null => null);

const enteredAt = 1_700_000_000_000;
const alertId = occupancyIdOf("lane-1", enteredAt);
const box = { x1: 0.2, y1: 0.3, x2: 0.6, y2: 0.9 };
const occupant = { cause: "vehicle", label: "car", confidence: 0.9, box, outline: [] } as const;
const entered: OccupancyEvent = { kind: "entered", zoneId: "lane-1", at: enteredAt + 3_000, enteredAt, occupant };
const period: OccupancyPeriod = {
	...occupant,
	...{ occupancyId: alertId, zoneId: "lane-1", enteredAt, raisedAt: enteredAt + 9_000 },
	...{ clearance: null, clearedAt: null },
};
const raised: OccupancyEvent = { kind: "raised", zoneId: "lane-1", at: period.raisedAt, period };
const blue = { ground: "#1d4fb4", ink: "#f2f2f2", width: 170, y: 520 } as const;
const person: Detection = { label: "person", confidence: 0.8, box: { x1: 0.05, y1: 0.3, x2: 0.1, y2: 0.6 } };
/** What a model would see, told by the test: pictures are drawn ones. */
const sees = (...found: Detection[]): Detector => ({
	detect: () => Promise.resolve([{ label: "car", confidence: 0.9, box }, ...found]),
	close: () => Promise.resolve(),
});

let folder: string;
let disk: EdgeDisk;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-masks-"));
	disk = openEdgeDisk(join(folder, "data"));
});
afterEach(async () => {
	disk.store.close();
	await rm(folder, { recursive: true, force: true });
});
const say = (...events: OccupancyEvent[]) =>
	disk.recordsOf("cam-1").record(initialCameraState(), events, null, enteredAt);
const masksOf = (ring: PhotoSource | null, reader: PlateReader | null, more: Partial<PhotoMasksParts> = {}) =>
	new PhotoMasks({
		...{ sets: disk.allSets, keeper: disk.sets, folder: disk.folder, ringOf: () => ring, detector: sees(person) },
		openReader: reader && (() => Promise.resolve(reader)),
		onNews: () => undefined,
		log: createLog("test", "silent"),
		...more,
	});
const told = () => evidenceSetBody.parse(setBodyOf(disk.allSets.find(alertId)!)).items[0];
const ringWith = async (...plates: Parameters<typeof drawPlates>[0]) => {
	const picture = await drawPlates(plates, { width: 1280, height: 720 });
	return ringOfPictures(join(folder, "ring"), [{ startedAt: enteredAt, picture }]);
};

describe.skipIf(models === null)("what is to be masked of an alert's photo", () => {
	let reader: PlateReader;
	beforeAll(async () => {
		if (models) reader = await createPlateReader({ models, log: createLog("test", "silent") });
	});
	afterAll(() => reader.close());

	test("people's heads and others' plates, never its own; once it is an alert, or stands there for a minute", async () => {
		const ring = await ringWith({ ...blue, text: "京A88731", x: 420 }, { ...blue, text: "沪B12345", x: 980 });
		await say(entered);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 3_000);
		const masks = masksOf(ring, reader);
		await masks.lookDue(enteredAt + 5_000);
		expect(told()?.masks).toBeNull();
		await say(raised);
		await masks.lookDue(enteredAt + 9_000);
		expect(
			told()
				?.masks?.map(({ kind }) => kind)
				.toSorted(),
		).toEqual(["face", "plate"]);
		const plate = told()?.masks?.find(({ kind }) => kind === "plate")?.box ?? [0, 0, 0, 0];
		expect(plate[0] * 1280 < 985 && plate[2] * 1280 > 1145).toBe(true);
		const before = disk.allSets.find(alertId)?.revision;
		await masks.lookDue(enteredAt + 11_000);
		expect(disk.allSets.find(alertId)?.revision).toBe(before);
	});

	test("also where the photo was sent already: the ring has its picture", async () => {
		const ring = await ringWith({ ...blue, text: "沪B12345", x: 980 });
		await say(entered, raised);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 3_000);
		await disk.folder.remove(`${alertId}.panorama_entry.jpg`);
		await masksOf(ring, reader).lookDue(enteredAt + 9_000);
		expect(told()?.masks?.length).toBe(2);
	});

	test("nothing is an answer too; what could not be looked at has none, and is not asked for ever", async () => {
		const ring = await ringWith();
		await say(entered, raised);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 3_000);
		await masksOf(ring, reader, { detector: sees() }).lookDue(enteredAt + 9_000);
		expect(told()?.masks).toEqual([]);
	});
});

test("without models, with a detector that fails, or with the photo gone there is no answer", async () => {
	const failing: Detector = { ...sees(), detect: () => Promise.reject(new DetectorError("no")) };
	const idle: PlateReader = { read: () => Promise.resolve([]), close: () => Promise.resolve() };
	const ring = await ringWith();
	for (const masks of [masksOf(ring, null), masksOf(ring, idle, { detector: failing }), masksOf(null, idle)]) {
		disk.store.exec("DELETE FROM evidence_sets; DELETE FROM evidence_jobs");
		await say(entered, raised);
		await photoMakerOf(disk, ring).makeDue(enteredAt + 3_000);
		await disk.folder.remove(`${alertId}.panorama_entry.jpg`);
		for (let i = 0; i < 3; i++) await masks.lookDue(enteredAt + 9_000); // what fails is tried again
		expect(disk.allSets.find(alertId)?.items[0]).toMatchObject({ kind: "panorama_entry", state: "taken", masks: null });
	}
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#platform/log.ts";
import { DetectorError } from "../../edge/detect/detector.ts";
import { loadModel } from "../../edge/detect/model-store.ts";
import { createOnnxDetector } from "../../edge/detect/onnx-detector.ts";
import type { PreparedModel } from "../../edge/detect/prepared-model.ts";
import { addModel } from "../../edge/models/add-model.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { oneCarModel } from "../support/tiny-models.ts";

const log = createLog("test", "silent");
const grey = (width: number, height: number): Frame => ({
	capturedAt: 0,
	width,
	height,
	rgb: new Uint8Array(width * height * 3).fill(100),
});

describe("with a model that sees a car in the left upper quarter of whatever it looks at", () => {
	let folder: string;
	let model: PreparedModel;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "keepclear-detector-"));
		await writeFile(join(folder, "given.onnx"), oneCarModel());
		await writeFile(join(folder, "labels.txt"), "person\nbicycle\ncar\n");
		const said = { name: "mine", family: "detr", labels: join(folder, "labels.txt") };
		await addModel(join(folder, "given.onnx"), said, folder);
		model = await loadModel("mine", { modelsFolder: folder });
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	test("its box is told in the frame's coordinates, whatever the frame's shape", async () => {
		const detector = await createOnnxDetector({ model, workers: 1, log, looks: "frame" });
		try {
			for (const frame of [grey(320, 240), grey(200, 640), grey(64, 64)]) {
				const [car, ...others] = await detector.detect(frame, []);
				expect(others).toEqual([]);
				expect(car?.label).toBe("car");
				expect(car?.box.x1).toBeCloseTo(0, 5);
				expect(car?.box.y1).toBeCloseTo(0, 5);
				expect(car?.box.x2).toBeCloseTo(0.5, 5);
				expect(car?.box.y2).toBeCloseTo(0.5, 5);
			}
		} finally {
			await detector.close();
		}
	});

	test("many calls at once are all answered", async () => {
		const detector = await createOnnxDetector({ model, workers: 2, log });
		try {
			const cameras = ["gate", "yard", "ramp"].map((id) => detector.forCamera(id));
			const found = await Promise.all(cameras.flatMap((each) => [1, 2].map(() => each.detect(grey(64, 64), []))));
			expect(found.map((each) => each[0]?.label)).toEqual(Array(6).fill("car"));
		} finally {
			await detector.close();
		}
	});

	test("a frame with too few bytes is refused in words", async () => {
		const detector = await createOnnxDetector({ model, workers: 1, log });
		try {
			const short = { ...grey(64, 64), rgb: new Uint8Array(100) };
			await expect(detector.detect(short, [])).rejects.toThrow("a frame of 64 x 64 has 100 bytes instead of 12288");
		} finally {
			await detector.close();
		}
	});

	test("a model file that cannot be opened is told at the start", async () => {
		const broken = { ...model, file: join(folder, "labels.txt") };
		await expect(createOnnxDetector({ model: broken, workers: 1, log })).rejects.toThrow(DetectorError);
	});
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { loadFile } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import { loadPlateModels, type PlateModelFiles } from "../../edge/plates/plate-models.ts";
import { createPlateReader, type PlateReader } from "../../edge/plates/plate-reader.ts";
import { ReplayPlates } from "../../src/cli/replay/replay-plates.ts";
import { replayVideo } from "../../src/cli/replay/replay-video.ts";
import { showReport } from "../../src/cli/replay/show-report.ts";
import { drawPlates } from "../support/drawn-plates.ts";
import { clipFile, recordedDetector } from "../support/recorded-detections.ts";
import { runFfmpeg } from "../support/test-clips.ts";

const models = await loadPlateModels({ finder: "ppocr-text" }).catch((): PlateModelFiles | null => null);

/** Twice the demo recording's size, with a plate on the car that stands in the lane from 18 to 41 s. */
const plate = { left: 1_317, top: 716, width: 170 };

describe.skipIf(models === null)("a recording in which the car that stands there bears a plate", () => {
	let folder: string;
	let reader: PlateReader;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "keepclear-replay-plates-"));
		if (models) reader = await createPlateReader({ models, log: createLog("test", "silent") });
	});
	afterAll(async () => {
		await reader.close();
		await rm(folder, { recursive: true, force: true });
	});

	let video: string;
	beforeAll(async () => {
		video = join(folder, "bearing.mp4");
		await bearing(video, { text: "京A88731", ground: "#1d4fb4", ink: "#f2f2f2" });
	});

	async function replayed(emergencyPlates: readonly string[]) {
		const { zones, policy } = await loadFile(sceneFileSchema, clipFile("demo-fire-lane", ".scene.json"));
		return replayVideo({
			video,
			scene: { zones: zones.map((zone) => ({ ...zone, policy, emergencyPlates })) },
			detector: recordedDetector("demo-fire-lane"),
			everyMs: 1000,
			plates: new ReplayPlates(reader),
			signal: new AbortController().signal,
		});
	}

	/** The demo recording, two pictures a second, with the plate drawn over it while the car stands. */
	async function bearing(video: string, drawn: { text: string; ground: string; ink: string }): Promise<void> {
		const still = join(folder, "plate.png");
		const { width, height, rgb } = await drawPlates([{ ...drawn, x: 0, y: 0, width: plate.width }]);
		await sharp(rgb, { raw: { width, height, channels: 3 } })
			.extract({ left: 0, top: 0, width: plate.width, height: Math.round(plate.width * 0.32) })
			.png()
			.toFile(still);
		const filter = `[0]scale=2560:-2,fps=2[big];[big][1]overlay=${plate.left}:${plate.top}:enable='between(t,17.9,41)'`;
		const encoder = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p"];
		const inputs = ["-i", clipFile("demo-fire-lane", ".mp4"), "-i", still];
		await runFfmpeg(["-nostdin", "-v", "error", ...inputs, "-filter_complex", filter, ...encoder, video]);
	}

	test("is told with its plate", async () => {
		const report = await replayed(["京A99999"]);
		expect(report.zones[0]?.occupancies).toMatchObject([{ label: "car", plate: "京A88731" }]);
		expect(showReport(report)).toMatch(/car 京A88731/);
	});

	test("raises nothing where it is on the site's list of exempt vehicles", async () => {
		const report = await replayed(["京A88731"]);
		expect(report.zones[0]?.occupancies).toEqual([]);
	});
});

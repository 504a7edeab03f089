import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createLog } from "#platform/log.ts";
import { loadModel } from "../../edge/detect/model-store.ts";
import { createOnnxDetector } from "../../edge/detect/onnx-detector.ts";
import { loadFootage } from "../../fixtures/nights/cast/footage.ts";
import { laneName } from "../../fixtures/nights/describe-night.ts";
import { clipOf } from "../../fixtures/nights/evaluate/score-night.ts";
import { looksAt } from "../../fixtures/nights/evaluate/watch-frames.ts";
import { allNights } from "../../fixtures/nights/stories/all-nights.ts";
import { recordingDetector, recordingFile } from "../support/recorded-detections.ts";
import { nightEveryMs, nightRecording } from "./night-recordings.ts";

/**
 * Records anew what the default model sees in the golden nights:
 * `node --import tsx test/golden/record-nights.ts [NIGHT…]`. Then look at what `UPDATE_GOLDEN=1` makes of it.
 */
const detector = await createOnnxDetector({ model: await loadModel(), log: createLog("record", "warn") });
const footage = await loadFootage();
const asked = process.argv.slice(2);
for (const night of allNights(footage).filter(({ name }) => asked.length === 0 || asked.includes(name))) {
	const lines: string[] = [];
	const recorder = recordingDetector(detector, (line) => lines.push(line));
	const areas = [clipOf(night).polygons[laneName] ?? []];
	for (const frame of looksAt(night, footage, nightEveryMs)) await recorder.detect(frame, areas);
	const file = recordingFile(nightRecording(night.name));
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${lines.join("\n")}\n`);
	console.log(`${night.name}: ${lines.length} looks`);
}
await detector.close();

import { writeFileSync } from "node:fs";
import { createLog } from "#platform/log.ts";
import { loadModel } from "../../edge/detect/model-store.ts";
import { createOnnxDetector } from "../../edge/detect/onnx-detector.ts";
import { openRecording } from "../../edge/video/file-frame-source.ts";
import { clipFile, recordingDetector, recordingFile } from "../support/recorded-detections.ts";
import { goldenClips, recordedEveryMs } from "./clips.ts";

/**
 * Records anew what the default model sees in the fixtures' recordings, for the golden timelines:
 * `node --import tsx test/golden/record-detections.ts [CLIP…]`. Then look at what `UPDATE_GOLDEN=1` makes of it.
 */
const detector = await createOnnxDetector({ model: await loadModel(), log: createLog("record", "warn") });
const signal = new AbortController().signal;
const asked = process.argv.slice(2);
for (const clip of asked.length > 0 ? asked : goldenClips) {
	const lines: string[] = [];
	const recorder = recordingDetector(detector, (line) => lines.push(line));
	const recording = await openRecording(clipFile(clip, ".mp4"), { sampleEveryMs: recordedEveryMs });
	for await (const frame of recording.frames(signal)) await recorder.detect(frame, []);
	writeFileSync(recordingFile(clip), `${lines.join("\n")}\n`);
	console.log(`${clip}: ${lines.length} looks`);
}
await detector.close();

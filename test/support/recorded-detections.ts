import { fileURLToPath } from "node:url";
import type { Detector } from "../../edge/detect/detector.ts";
import { readLooks, recordedDetector as detectorOf } from "../../src/cli/record/recorded-detector.ts";

export { recordingDetector } from "../../src/cli/record/recorded-detector.ts";

export function recordingFile(clip: string): string {
	return fileURLToPath(new URL(`../../fixtures/recordings/${clip}.detections.jsonl`, import.meta.url));
}

export function clipFile(clip: string, ending: ".mp4" | ".scene.json"): string {
	return fileURLToPath(new URL(`../../fixtures/clips/${clip}${ending}`, import.meta.url));
}

/** What the default model saw in each look at one of the fixtures' recordings; a look that is missing is an error. */
export function recordedDetector(clip: string): Detector {
	return detectorOf(readLooks(recordingFile(clip)), clip);
}

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Detection } from "#core/detection.ts";
import type { Detector } from "../../edge/detect/detector.ts";

/** What the default model saw in each look at one of the fixtures' recordings: one JSON array a line. */
interface RecordedLook {
	readonly at: number;
	readonly detections: readonly (readonly [label: string, confidence: number, box: readonly number[]])[];
}

export function recordingFile(clip: string): string {
	return fileURLToPath(new URL(`../../fixtures/recordings/${clip}.detections.jsonl`, import.meta.url));
}

export function clipFile(clip: string, ending: ".mp4" | ".scene.json"): string {
	return fileURLToPath(new URL(`../../fixtures/clips/${clip}${ending}`, import.meta.url));
}

/** Gives what was recorded for the look at the frame's instant; a look that was not recorded is an error. */
export function recordedDetector(clip: string): Detector {
	const lines = readFileSync(recordingFile(clip), "utf8").trim().split("\n");
	const looks = new Map(
		lines.map((line) => JSON.parse(line) as RecordedLook).map((look) => [look.at, look.detections]),
	);
	return {
		async detect({ capturedAt }) {
			const look = looks.get(capturedAt);
			if (!look) throw new Error(`${clip}: no look was recorded at ${capturedAt} ms`);
			return look.map(([label, confidence, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]]) => ({
				label,
				confidence,
				box: { x1, y1, x2, y2 },
			}));
		},
		close: async () => {},
	};
}

/** Writes down what another detector sees while it works. */
export function recordingDetector(detector: Detector, onLook: (line: string) => void): Detector {
	const packed = ({ label, confidence, box: { x1, y1, x2, y2 } }: Detection) =>
		[label, round(confidence), [x1, y1, x2, y2].map(round)] as const;
	return {
		async detect(frame, areas, signal) {
			const seen = await detector.detect(frame, areas, signal);
			onLook(JSON.stringify({ at: frame.capturedAt, detections: seen.map(packed) } satisfies RecordedLook));
			return seen;
		},
		close: () => detector.close(),
	};
}

const round = (value: number) => Number(value.toFixed(4));

import { readFileSync } from "node:fs";
import { InputError } from "#platform/input-error.ts";
import type { Detector } from "../../../edge/detect/detector.ts";
import { readLookLine, type RecordedLook, writeLookLine } from "./look-line.ts";

/** @throws InputError naming file and line */
export function readLooks(file: string): RecordedLook[] {
	return textOf(file)
		.split("\n")
		.flatMap((line, index) => {
			if (line.trim() === "") return [];
			const look = readLookLine(line);
			if (!look)
				throw new InputError(
					`${file}: line ${index + 1}: is not {"at":ms,"detections":[[label,0..1,[x1,y1,x2,y2]],…]}`,
				);
			return [look];
		});
}

/** Gives what was recorded for the look at a frame's instant; a look that was not recorded is an error. */
export function recordedDetector(looks: readonly RecordedLook[], from: string): Detector {
	const byInstant = new Map(looks.map((look) => [look.at, look.detections]));
	return {
		async detect({ capturedAt }) {
			const detections = byInstant.get(capturedAt);
			if (!detections) throw new Error(`${from}: no look was recorded at ${capturedAt} ms`);
			return detections;
		},
		close: async () => {},
	};
}

/** Writes down what another detector sees while it works. */
export function recordingDetector(detector: Detector, onLook: (line: string) => void): Detector {
	return {
		async detect(frame, areas, signal) {
			const detections = await detector.detect(frame, areas, signal);
			onLook(writeLookLine({ at: frame.capturedAt, detections }));
			return detections;
		},
		close: () => detector.close(),
	};
}

function textOf(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (cause) {
		throw new InputError(`${file}: cannot be read (${(cause as NodeJS.ErrnoException).code})`, { cause });
	}
}

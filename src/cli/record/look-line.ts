import { z } from "zod";
import type { Detection } from "#core/detection.ts";

/** What a detector saw in one look, as one line of `detections.jsonl`. Times count from the first look, in ms. */
export interface RecordedLook {
	readonly at: number;
	readonly detections: readonly Detection[];
}

const share = z.number().min(-1).max(2);
const lineSchema = z.object({
	at: z.number().min(0),
	detections: z.array(z.tuple([z.string().max(63), z.number(), z.tuple([share, share, share, share])])),
});

/** Ten-thousandths are a tenth of a pixel: what is dropped is noise of the model's. */
export function writeLookLine({ at, detections }: RecordedLook): string {
	const packed = detections.map(({ label, confidence, box: { x1, y1, x2, y2 } }) => [
		label,
		round(confidence),
		[x1, y1, x2, y2].map(round),
	]);
	return JSON.stringify({ at, detections: packed });
}

/** Null where the line is not one that `writeLookLine` could have written. */
export function readLookLine(line: string): RecordedLook | null {
	const parsed = lineSchema.safeParse(jsonOf(line));
	if (!parsed.success) return null;
	const detections = parsed.data.detections.map(([label, confidence, [x1, y1, x2, y2]]) => ({
		...{ label, confidence, box: { x1, y1, x2, y2 } },
	}));
	return { at: parsed.data.at, detections };
}

function jsonOf(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}

const round = (value: number) => Number(value.toFixed(4));

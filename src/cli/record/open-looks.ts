import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stat } from "node:fs/promises";
import { InputError, loadFile } from "#platform/input-error.ts";
import type { Detector } from "../../../edge/detect/detector.ts";
import type { Recording } from "../../../edge/video/file-frame-source.ts";
import type { Frame } from "../../../edge/video/frame.ts";
import { readGreyFrame } from "./grey-file.ts";
import { aboutSchema, looksFolder } from "./looks-folder.ts";
import type { RecordedLook } from "./look-line.ts";
import { readLooks, recordedDetector } from "./recorded-detector.ts";

/** Whether `path` is a folder that `keepclear record` made; a video is a file. */
export function isLooksFolder(path: string): Promise<boolean> {
	return stat(join(path, "detections.jsonl")).then(
		(about) => about.isFile(),
		() => false,
	);
}

/**
 * A folder of recorded looks as a source of (grey) frames and the detector that goes with them.
 * @throws InputError for a folder that is not whole, or a pace quicker than the recorded one
 */
export async function openLooks(
	folder: string,
	{ sampleEveryMs, realtime = false }: { readonly sampleEveryMs?: number; readonly realtime?: boolean } = {},
): Promise<{ recording: Recording; detector: Detector; everyMs: number }> {
	const about = await loadFile(aboutSchema, looksFolder.about(folder));
	const everyMs = sampleEveryMs ?? about.everyMs;
	if (everyMs < about.everyMs) {
		throw new InputError(
			`${folder}: was recorded every ${about.everyMs} ms, ${everyMs} ms would need looks that are not there`,
		);
	}
	const looks = readLooks(looksFolder.detections(folder));
	const [first] = looks;
	if (!first) throw new InputError(`${looksFolder.detections(folder)}: holds no look`);
	const { width, height } = await readGreyFrame(looksFolder.grey(folder, first.at), first.at);
	// A camera's looks come a little early or late.
	const sampled = everyMs === about.everyMs ? looks : sample(looks, everyMs - about.everyMs / 4);
	let count = 0;
	async function* frames(signal: AbortSignal): AsyncGenerator<Frame> {
		const startedAt = Date.now();
		for (const { at } of sampled) {
			if (realtime) await pause(Math.max(0, startedAt + at - Date.now()), undefined, { signal }).catch(() => {});
			if (signal.aborted) return;
			count += 1;
			yield await readGreyFrame(looksFolder.grey(folder, at), at);
		}
	}
	const recording: Recording = { durationMs: about.durationMs, width, height, frames, framesDecoded: () => count };
	return { recording, detector: recordedDetector(looks, folder), everyMs };
}

/** The first look, then whichever comes when `leastMs` are over. */
function sample(looks: readonly RecordedLook[], leastMs: number): RecordedLook[] {
	const taken: RecordedLook[] = [];
	for (const look of looks) {
		const last = taken.at(-1);
		if (!last || look.at - last.at >= leastMs) taken.push(look);
	}
	return taken;
}

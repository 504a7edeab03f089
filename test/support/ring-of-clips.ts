import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { segmentName } from "../../edge/video/segment.ts";
import { SegmentRing } from "../../edge/video/segment-ring.ts";
import { createLog } from "#platform/log.ts";
import { type TestClip, testClip } from "./test-clips.ts";

/** A ring on disk as a camera would have left it: each clip a segment that begins at its instant. */
export async function ringOfClips(
	folder: string,
	segments: readonly { readonly startedAt: number; readonly clip: TestClip & { readonly seconds: number } }[],
): Promise<SegmentRing> {
	await mkdir(folder, { recursive: true });
	for (const { startedAt, clip } of segments) {
		const format = `${clip.codec ?? "h264"}-00000000`;
		const name = segmentName({ startedAt, durationMs: clip.seconds * 1000, format });
		await copyFile(await testClip(clip), join(folder, name));
	}
	return openRing(folder);
}

export const openRing = (folder: string) =>
	new SegmentRing({ folder, keepMs: 3_600_000, maxBytes: 1e9, log: createLog("test", "silent") });

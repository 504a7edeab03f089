import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { Picture } from "../../edge/plates/warp.ts";
import { segmentName } from "../../edge/video/segment.ts";
import type { SegmentRing } from "../../edge/video/segment-ring.ts";
import { openRing } from "./ring-of-clips.ts";
import { runFfmpeg } from "./test-clips.ts";

/** A ring on disk whose segments of so many seconds show a picture each, as a camera would send it (H.264). */
export async function ringOfPictures(
	folder: string,
	segments: readonly { readonly startedAt: number; readonly picture: Picture; readonly seconds?: number }[],
): Promise<SegmentRing> {
	await mkdir(folder, { recursive: true });
	for (const { startedAt, picture, seconds = 2 } of segments) {
		const still = join(folder, "still.png");
		const { width, height, rgb } = picture;
		await sharp(rgb, { raw: { width, height, channels: 3 } })
			.png()
			.toFile(still);
		const file = join(folder, segmentName({ startedAt, durationMs: seconds * 1000, format: "h264-00000000" }));
		const encoder = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-g", "5", "-pix_fmt", "yuv420p"];
		const input = ["-loop", "1", "-framerate", "5", "-t", String(seconds), "-i", still];
		await runFfmpeg(["-nostdin", "-v", "error", ...input, ...encoder, "-f", "mp4", file]);
		await rm(still);
	}
	return openRing(folder);
}

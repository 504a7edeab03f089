import sharp from "sharp";
import type { Frame } from "../video/frame.ts";

/** @param maxSide the longer side in pixels; a smaller picture stays as it is */
export function encodeJpeg(frame: Frame, { quality, maxSide }: { quality: number; maxSide?: number }): Promise<Buffer> {
	const picture = sharp(frame.rgb, { raw: { width: frame.width, height: frame.height, channels: 3 } });
	const scaled = maxSide
		? picture.resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true })
		: picture;
	return scaled.jpeg({ quality }).toBuffer();
}

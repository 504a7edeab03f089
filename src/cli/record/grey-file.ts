import { readFile } from "node:fs/promises";
import sharp from "sharp";
import type { GreyPicture } from "#core/picture/grey-picture.ts";
import { InputError } from "#platform/input-error.ts";
import type { Frame } from "../../../edge/video/frame.ts";

/** Lossless: the very bytes come back. A quarter to a half smaller than PNG. */
export function encodeGrey({ width, height, luma }: GreyPicture): Promise<Buffer> {
	return sharp(luma, { raw: { width, height, channels: 1 } })
		.webp({ lossless: true, effort: 4 })
		.toBuffer();
}

/**
 * A grey picture as a frame, for all that takes frames. Its brightness is that of the grey picture to the bit: the
 * weights of the three colours add up to one.
 * @throws InputError naming the file
 */
export async function readGreyFrame(file: string, capturedAt: number): Promise<Frame> {
	const { data, info } = await decode(file);
	return { capturedAt, width: info.width, height: info.height, rgb: data };
}

async function decode(file: string) {
	try {
		const bytes = await readFile(file);
		return await sharp(bytes).removeAlpha().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		throw new InputError(`${file}: ${code === "ENOENT" ? "is missing" : "is no picture, or is damaged"}`, { cause });
	}
}

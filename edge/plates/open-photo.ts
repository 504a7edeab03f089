import { stat } from "node:fs/promises";
import sharp from "sharp";
import { InputError } from "#platform/input-error.ts";
import type { Picture } from "./warp.ts";

/** 64 megapixels are 192 MB of memory; no camera's picture is larger. */
const mostPixels = 64e6;
const mostBytes = 100e6;

/** A photo from the disk, upright, as packed RGB24. @throws InputError when it is missing, no picture, or too large */
export async function openPhoto(file: string): Promise<Picture> {
	await refuseNoFile(file);
	const photo = sharp(file, { limitInputPixels: false, failOn: "error" });
	const { width, height } = await photo.metadata().catch((cause: unknown) => {
		throw new InputError(`${file}: is no picture that can be read (JPEG, PNG, WebP, TIFF, GIF)`, { cause });
	});
	if (width * height > mostPixels)
		throw new InputError(`${file}: has ${width} x ${height} pixels; ${mostPixels / 1e6} million are allowed`);
	try {
		const { data, info } = await photo
			.rotate()
			.flatten({ background: "white" })
			.toColourspace("srgb")
			.raw()
			.toBuffer({ resolveWithObject: true });
		const rgb = info.channels === 3 ? data : tripled(data, info.channels);
		return { width: info.width, height: info.height, rgb };
	} catch (cause) {
		throw new InputError(`${file}: is damaged: it cannot be read to its end`, { cause });
	}
}

async function refuseNoFile(file: string): Promise<void> {
	const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
		const why = cause.code === "ENOENT" ? "there is no such file" : `cannot be read (${cause.code})`;
		throw new InputError(`${file}: ${why}`, { cause });
	});
	if (!found.isFile()) throw new InputError(`${file}: is no file`);
	if (found.size > mostBytes)
		throw new InputError(`${file}: has ${Math.round(found.size / 1e6)} MB; ${mostBytes / 1e6} MB are allowed`);
}

/** Grey pictures keep their one channel. */
function tripled(data: Uint8Array, channels: number): Uint8Array {
	const rgb = new Uint8Array((data.length / channels) * 3);
	for (let i = 0; i < rgb.length; i++) rgb[i] = data[Math.floor(i / 3) * channels] ?? 0;
	return rgb;
}

import { stat } from "node:fs/promises";
import sharp from "sharp";
import { InputError } from "#platform/input-error.ts";
import type { Picture } from "./warp.ts";

/** 64 megapixels are 192 MB of memory; no camera's picture is larger. */
const mostPixels = 64e6;
const mostBytes = 100e6;
/** Told by the content, not by the name; drawings (SVG, PDF) may fetch and run what we do not want. */
const allowed: readonly string[] = ["jpeg", "png", "webp", "tiff", "gif", "heif", "avif"];

export interface OpenedPhoto extends Picture {
	/** The file ends early or is damaged; what is left of it is here, the rest is grey. */
	readonly isDamaged: boolean;
}

/** A photo from the disk, upright, as packed RGB24. @throws InputError when it is missing, no picture, or too large */
export async function openPhoto(file: string): Promise<OpenedPhoto> {
	await refuseNoFile(file);
	const { width, height, format } = await sharp(file, { limitInputPixels: false })
		.metadata()
		.catch((cause: unknown) => {
			throw new InputError(`${file}: is no picture that can be read (JPEG, PNG, WebP, TIFF, GIF)`, { cause });
		});
	if (!allowed.includes(format))
		throw new InputError(`${file}: is no photo but ${format}; allowed are ${allowed.join(", ")}`);
	if (width * height > mostPixels)
		throw new InputError(`${file}: has ${width} x ${height} pixels; ${mostPixels / 1e6} million are allowed`);
	try {
		return { ...(await decode(file, "error")), isDamaged: false };
	} catch {
		return { ...(await decode(file, "none")), isDamaged: true };
	}
}

async function decode(file: string, failOn: "error" | "none"): Promise<Picture> {
	const photo = sharp(file, { failOn }).rotate().flatten({ background: "white" }).toColourspace("srgb").raw();
	const { data, info } = await photo.toBuffer({ resolveWithObject: true }).catch((cause: unknown) => {
		throw new InputError(`${file}: is damaged and cannot be read`, { cause });
	});
	const rgb = info.channels === 3 ? data : tripled(data, info.channels);
	return { width: info.width, height: info.height, rgb };
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

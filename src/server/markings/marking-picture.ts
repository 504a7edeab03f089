import sharp from "sharp";
import type { MarkingAnswer } from "#contract/markings-api.ts";
import { offsetMs } from "#core/policy/local-time.ts";
import { ApiError } from "../http/api-error.ts";
import { type ExifTime, exifTime } from "./exif-time.ts";

/** A picture that is small as a file may be huge when decoded. */
const mostPixels = 60_000_000;

export interface MarkingPicture extends Pick<MarkingAnswer, "widthPx" | "heightPx"> {
	/** JPEG. */
	readonly content: Buffer;
	readonly taken: ExifTime | null;
}

/**
 * What is kept of a picture that somebody sends: decoded whole and written anew, upright, so that nothing else travels in
 * it. Of what the camera wrote into it the time alone stays.
 *
 * @throws ApiError 415 where it is neither JPEG nor PNG; 422 where it cannot be decoded, or is larger than 60 megapixels
 */
export async function readMarkingPicture(bytes: Buffer): Promise<MarkingPicture> {
	if (!isJpegOrPng(bytes)) throw new ApiError(415, "unsupported_media_type", "A picture must be a JPEG or a PNG file.");
	try {
		const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error" });
		const { exif } = await picture.metadata();
		const taken = exif ? exifTime(exif) : null;
		const upright = picture.autoOrient().withExif(taken ? { IFD2: { DateTimeOriginal: exifText(taken.wall) } } : {});
		const written = upright.flatten({ background: "#ffffff" }).jpeg({ quality: 92 });
		const { data, info } = await written.toBuffer({ resolveWithObject: true });
		return { content: data, widthPx: info.width, heightPx: info.height, taken };
	} catch (cause) {
		const message = `This picture cannot be decoded (${mostPixels / 1e6} megapixels are the most).`;
		throw Object.assign(new ApiError(422, "wrong_content", message), { cause });
	}
}

const isJpegOrPng = (bytes: Buffer) =>
	(bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) ||
	bytes.toString("latin1", 0, 8) === "\x89PNG\r\n\x1a\n";

const exifText = (wall: number) => new Date(wall).toISOString().slice(0, 19).replace("T", " ").replaceAll("-", ":");

/** A camera that does not say where its clock stands is taken to be set to the site's. */
export function takenAt({ taken }: MarkingPicture, timeZone: string): number | null {
	if (!taken) return null;
	return taken.wall - (taken.offsetMs ?? offsetMs(timeZone, taken.wall - offsetMs(timeZone, taken.wall)));
}

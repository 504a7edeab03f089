import sharp from "sharp";
import { maxPlanMegapixels } from "#contract/plans-api.ts";
import { ApiError } from "../http/api-error.ts";

/** What a screen of a control room shows, twice over; a plan is drawn on, not printed. */
const mostSide = 4096;

export interface PlanPicture {
	/** JPEG. */
	readonly content: Buffer;
	readonly widthPx: number;
	readonly heightPx: number;
}

/**
 * What is kept of a plan that somebody sends: decoded whole and written anew, so that nothing else travels in it.
 *
 * @throws ApiError 415 where it is neither JPEG nor PNG; 422 where it cannot be decoded, or is larger than 60 megapixels
 */
export async function readPlanPicture(bytes: Buffer): Promise<PlanPicture> {
	if (!isJpegOrPng(bytes)) throw new ApiError(415, "unsupported_media_type", "A plan must be a JPEG or a PNG picture.");
	try {
		const picture = sharp(bytes, { limitInputPixels: maxPlanMegapixels * 1e6, failOn: "error" });
		const fitting = picture
			.autoOrient()
			.resize({ width: mostSide, height: mostSide, fit: "inside", withoutEnlargement: true });
		const written = fitting.flatten({ background: "#ffffff" }).jpeg({ quality: 88 });
		const { data, info } = await written.toBuffer({ resolveWithObject: true });
		return { content: data, widthPx: info.width, heightPx: info.height };
	} catch (cause) {
		const message = `This picture cannot be decoded (${maxPlanMegapixels} megapixels are the most).`;
		throw Object.assign(new ApiError(422, "wrong_content", message), { cause });
	}
}

const isJpegOrPng = (bytes: Buffer) =>
	(bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) ||
	bytes.toString("latin1", 0, 8) === "\x89PNG\r\n\x1a\n";

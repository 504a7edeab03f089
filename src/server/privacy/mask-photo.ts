import sharp from "sharp";
import type { Mask } from "#contract/evidence-set.ts";

/** Boxes are drawn close: so much of its size more on each side … */
const maskMarginShare = 0.2;
/** … and at least a JPEG block: so far the colour of what stood there can reach. */
const leastMarginPx = 16;
/** A photo of more is none of ours. */
const mostPixels = 100_000_000;

export interface MaskedPhoto {
	readonly bytes: Buffer;
	/** What was filled, in pixels of the copy. */
	readonly filled: readonly PixelBox[];
}

export interface PixelBox {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/**
 * A copy whose masked places are filled with one colour: what stood there is not in the file any more, in no form that
 * could be undone, as a blur could. What a camera or program wrote beside the picture (EXIF, a small preview of the
 * unmasked photo) goes too. Null for what is no picture, or a broken one: nothing may leave in its place.
 *
 * `photoShare`: how much of the height, from the top, is the photo that the masks are of; less than 1 where words stand
 * below it.
 */
export async function maskPhoto(
	bytes: Uint8Array,
	masks: readonly Mask[],
	photoShare = 1,
): Promise<MaskedPhoto | null> {
	try {
		const photo = sharp(bytes, { failOn: "error", limitInputPixels: mostPixels });
		const { data, info } = await photo.autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true });
		const { width, height, channels } = info;
		const filled = masks.map(({ box }) => fillBox(box, { width, height: height * photoShare }));
		for (const box of filled) fill(data, { width, channels }, box);
		const raw = { width, height, channels };
		return { bytes: await sharp(data, { raw }).jpeg({ quality: 90, chromaSubsampling: "4:4:4" }).toBuffer(), filled };
	} catch {
		return null;
	}
}

function fillBox([x1, y1, x2, y2]: Mask["box"], { width, height }: { width: number; height: number }): PixelBox {
	const span = (from: number, to: number, size: number): [number, number] => {
		const margin = Math.max(leastMarginPx, (to - from) * size * maskMarginShare);
		const first = Math.max(0, Math.floor(from * size - margin));
		return [first, Math.min(Math.floor(size), Math.ceil(to * size + margin)) - first];
	};
	const [left, wide] = span(x1, x2, width);
	const [top, high] = span(y1, y2, height);
	return { left, top, width: wide, height: high };
}

const grey = 0x50;

function fill(data: Buffer, { width, channels }: { width: number; channels: number }, box: PixelBox): void {
	for (let y = box.top; y < box.top + box.height; y++) {
		const row = (y * width + box.left) * channels;
		data.fill(grey, row, row + box.width * channels);
	}
}

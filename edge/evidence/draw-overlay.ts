import sharp from "sharp";
import type { Polygon } from "#core/geometry/shapes.ts";
import { wordsPicture } from "#platform/words-picture.ts";
import type { Picture } from "../video/ppm-reader.ts";

/** A line's height for each row of the picture: legible where the picture is looked at whole. */
const textShare = 1 / 40;
const leastTextPx = 14;
const marginShare = 0.6;

/** A copy with the words below the picture, nothing of which is hidden. JPEG. */
export async function drawWords(picture: Picture, lines: readonly string[]): Promise<Buffer> {
	const { width, height } = picture;
	const textPx = Math.max(leastTextPx, Math.round(height * textShare));
	const margin = Math.round(textPx * marginShare);
	const words = await wordsPicture(lines, { textPx, widthPx: width - 2 * margin });
	return rawOf(picture)
		.extend({ bottom: words.info.height + 2 * margin, background: "#101418" })
		.composite([{ input: words.data, left: margin, top: height + margin }])
		.jpeg({ quality: 90 })
		.toBuffer();
}

/** A copy with polygons (0..1) drawn on it. JPEG. */
export function drawOutline(picture: Picture, outline: readonly Polygon[]): Promise<Buffer> {
	const { width, height } = picture;
	const stroke = Math.max(2, Math.round(width / 480));
	const shapes = outline.map((polygon) => {
		const points = polygon.map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join(" ");
		return `<polygon points="${points}" fill="#ffd400" fill-opacity="0.12" stroke="#ffd400" stroke-width="${stroke}"/>`;
	});
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join("")}</svg>`;
	return rawOf(picture)
		.composite([{ input: Buffer.from(svg), left: 0, top: 0 }])
		.jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
		.toBuffer();
}

const rawOf = ({ rgb, width, height }: Picture) => sharp(rgb, { raw: { width, height, channels: 3 } });

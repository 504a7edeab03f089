import { createRequire } from "node:module";
import sharp from "sharp";
import type { Polygon } from "#core/geometry/shapes.ts";
import type { Picture } from "../video/ppm-reader.ts";

/** All of GB 2312 and rare characters of names; never a font that the machine happens to have, or lacks. */
const font = {
	family: "Noto Sans SC",
	file: createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
};
/** A line's height for each row of the picture: legible where the picture is looked at whole. */
const textShare = 1 / 40;
const leastTextPx = 14;
const marginShare = 0.6;

/** A copy with the words below the picture, nothing of which is hidden. JPEG. */
export async function drawWords(picture: Picture, lines: readonly string[]): Promise<Buffer> {
	const { width, height } = picture;
	const textPx = Math.max(leastTextPx, Math.round(height * textShare));
	const margin = Math.round(textPx * marginShare);
	const words = await sharp({
		text: {
			text: `<span foreground="white">${lines.map(escapeMarkup).join("\n")}</span>`,
			font: `${font.family} ${textPx}`,
			fontfile: font.file,
			dpi: 72, // a point is a pixel
			width: width - 2 * margin,
			wrap: "word-char",
			spacing: Math.round(textPx / 4),
			rgba: true,
		},
	})
		.png()
		.toBuffer({ resolveWithObject: true });
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

/** The words are Pango's markup: names come from people. */
const escapeMarkup = (text: string) =>
	text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replace(/[\r\n\0]+/g, " ");

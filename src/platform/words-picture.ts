import sharp, { type OutputInfo } from "sharp";
import { fontFamily, fontFileOf, type FontWeight } from "./own-font.ts";

/** From then on this process knows our font by its name, in drawings (SVG) too: they need none of the machine's. */
export async function knowFont(weight: FontWeight = "400Regular"): Promise<string> {
	await sharp({ text: { text: "消", font: fontFamily, fontfile: fontFileOf(weight) } }).toBuffer();
	return fontFamily;
}

/** White words on nothing, to be laid over a picture: PNG. Lines that are longer than `widthPx` are broken. */
export function wordsPicture(
	lines: readonly string[],
	{ textPx, widthPx }: { readonly textPx: number; readonly widthPx: number },
): Promise<{ data: Buffer; info: OutputInfo }> {
	const text = {
		text: `<span foreground="white">${lines.map(escapeMarkup).join("\n")}</span>`,
		font: `${fontFamily} ${textPx}`,
		fontfile: fontFileOf("400Regular"),
		dpi: 72, // a point is a pixel
		width: widthPx,
		wrap: "word-char",
		spacing: Math.round(textPx / 4),
		rgba: true,
	} as const;
	return sharp({ text }).png().toBuffer({ resolveWithObject: true });
}

/** The words are Pango's markup: names come from people. */
const escapeMarkup = (text: string) =>
	text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replace(/[\r\n\0]+/g, " ");

import { createRequire } from "node:module";
import sharp, { type OutputInfo } from "sharp";

const fileOf = (weight: "400Regular" | "700Bold") =>
	createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`);
/** All of GB 2312 and rare characters of names; never a font that the machine happens to have, or lacks. */
const family = "Noto Sans SC";

/** From then on this process knows our font by its name, in drawings (SVG) too: they need none of the machine's. */
export async function knowFont(weight: "400Regular" | "700Bold" = "400Regular"): Promise<string> {
	await sharp({ text: { text: "消", font: family, fontfile: fileOf(weight) } }).toBuffer();
	return family;
}

/** White words on nothing, to be laid over a picture: PNG. Lines that are longer than `widthPx` are broken. */
export function wordsPicture(
	lines: readonly string[],
	{ textPx, widthPx }: { readonly textPx: number; readonly widthPx: number },
): Promise<{ data: Buffer; info: OutputInfo }> {
	const text = {
		text: `<span foreground="white">${lines.map(escapeMarkup).join("\n")}</span>`,
		font: `${family} ${textPx}`,
		fontfile: fileOf("400Regular"),
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

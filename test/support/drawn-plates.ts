import sharp from "sharp";
import { knowFont } from "#platform/words-picture.ts";
import type { Picture } from "../../edge/plates/warp.ts";

export interface DrawnPlate {
	readonly text: string;
	readonly ground: string;
	readonly ink: string;
	/** Left upper corner and width in pixels of the picture. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	/** Degrees by which its upper and lower sides slope; left and right stay upright, as seen from the side. */
	readonly slope?: number;
	/** Province and office above, the rest below. */
	readonly twoRows?: true;
}

const font = `font-family="${await knowFont("700Bold")}" font-weight="bold"`;

/** A grey picture of something like a car's front, with plates and other writing on it. */
export async function drawPlates(
	plates: readonly DrawnPlate[],
	{
		width = 960,
		height = 640,
		lettering = [],
	}: { width?: number; height?: number; lettering?: readonly string[] } = {},
): Promise<Picture> {
	const words = lettering.map(
		(line, i) => `<text x="60" y="${80 + i * 70}" font-size="48" fill="#f4f4f4" ${font}>${line}</text>`,
	);
	const svg = `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">
		<rect width="100%" height="100%" fill="#6b7075"/><rect x="5%" y="35%" width="90%" height="55%" rx="40" fill="#3c4148"/>
		${words.join("")}${plates.map(plateSvg).join("")}</svg>`;
	const { data, info } = await sharp(Buffer.from(svg))
		.removeAlpha()
		.blur(0.7)
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { width: info.width, height: info.height, rgb: data };
}

function plateSvg({ text, ground, ink, x, y, width, slope = 0, twoRows }: DrawnPlate): string {
	const height = width * (twoRows ? 0.5 : 0.32);
	const signs = [...text];
	const line = (row: readonly string[], top: number, size: number, from: number, to: number) =>
		row.map((sign, i) => {
			const at = from + ((i + 0.5) * (to - from)) / row.length;
			return `<text x="${at}" y="${top + size * 0.86}" font-size="${size}" text-anchor="middle" fill="${ink}" ${font}>${sign}</text>`;
		});
	const rows = twoRows
		? [
				...line(signs.slice(0, 2), height * 0.04, height * 0.34, width * 0.25, width * 0.75),
				...line(signs.slice(2), height * 0.36, height * 0.6, width * 0.04, width * 0.96),
			]
		: line(signs, height * 0.08, height * 0.8, width * 0.03, width * 0.97);
	return `<g transform="translate(${x} ${y}) skewY(${slope})"><rect width="${width}" height="${height}" rx="5" fill="${ground}"/>
		<rect x="3" y="3" width="${width - 6}" height="${height - 6}" rx="4" fill="none" stroke="${ink}" stroke-width="2"/>${rows.join("")}</g>`;
}

import sharp from "sharp";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import type { Frame } from "../../../edge/video/frame.ts";

/** What is drawn into a still, so that a person sees at once what is meant. */
export interface StillMarks {
	/** The zone, where it is known. */
	readonly zone: Polygon | undefined;
	readonly box: Box;
	/** Of piled goods; where there is none, the box is drawn. */
	readonly outline: readonly Polygon[];
}

/** The still with its marks burnt in. The original stays as it is: it is the evidence. */
export function encodeMarkedJpeg(frame: Frame, marks: StillMarks, { quality }: { quality: number }): Promise<Buffer> {
	const { rgb, width, height } = frame;
	return sharp(rgb, { raw: { width, height, channels: 3 } })
		.composite([{ input: Buffer.from(drawingOf(marks, frame)) }])
		.jpeg({ quality })
		.toBuffer();
}

/** The same lines as the page draws over a still, as SVG of the picture's size. */
export function drawingOf(
	{ zone, box, outline }: StillMarks,
	{ width, height }: { readonly width: number; readonly height: number },
): string {
	const line = Math.max(2, Math.round(Math.max(width, height) / 480));
	const polygon = (points: Polygon, style: string) => {
		const inPixels = points.map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join(" ");
		return `<polygon points="${inPixels}" stroke-linejoin="round" ${style}/>`;
	};
	const standing = outline.length > 0 ? outline : [cornersOf(box)];
	const filled = outline.length > 0 ? 'fill="#ff463c" fill-opacity="0.28"' : 'fill="none"';
	const drawn = [
		...(zone ? [polygon(zone, `fill="none" stroke="#ffd166" stroke-width="${line}"`)] : []),
		// A dark edge, so that the red line stands out on every ground.
		...standing.map((piece) =>
			polygon(piece, `${filled} stroke="#000" stroke-opacity="0.6" stroke-width="${2 * line}"`),
		),
		...standing.map((piece) => polygon(piece, `fill="none" stroke="#ff5a4f" stroke-width="${line}"`)),
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn.join("")}</svg>`;
}

const cornersOf = ({ x1, y1, x2, y2 }: Box): Polygon => [
	[x1, y1],
	[x2, y1],
	[x2, y2],
	[x1, y2],
];

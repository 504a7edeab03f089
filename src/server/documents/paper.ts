import PDFDocument from "pdfkit";
import { onPaper, paperFont } from "./paper-font.ts";

export type Paper = PDFKit.PDFDocument;

/** Points, 1/72 inch. */
export interface Area {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** What is told of a paper beside its pages. */
export interface PaperFacts {
	readonly size: "A4" | "A5";
	readonly title: string;
	/** Its date, in ms: the same facts give the same bytes, whenever they are written. */
	readonly madeAt: number;
}

/**
 * A paper without pages: whoever writes it adds each and places everything himself, nothing flows over. Its streams are
 * not deflated: otherwise another zlib would give other bytes.
 */
export function openPaper({ size, title, madeAt }: PaperFacts): Paper {
	const paper = new PDFDocument({
		...{ size, margin: 0, autoFirstPage: false, compress: false, bufferPages: true, pdfVersion: "1.7", lang: "zh-CN" },
		displayTitle: true,
		info: { Title: title, Creator: "Keepclear", Producer: "Keepclear", CreationDate: new Date(madeAt) },
		// Else it loads a font of its own, which knows no Chinese.
		font: null as unknown as string,
	});
	// A font that was read once, which its types do not know of.
	paper.registerFont("paper", paperFont() as unknown as Buffer);
	return paper.font("paper");
}

export async function bytesOf(paper: Paper): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	paper.on("data", (chunk: Uint8Array) => chunks.push(chunk));
	const ended = new Promise<void>((resolve, reject) => paper.on("end", resolve).on("error", reject));
	paper.end();
	await ended;
	return Buffer.concat(chunks);
}

export interface TextStyle {
	readonly size: number;
	readonly colour?: string;
	readonly align?: "left" | "center" | "right";
	/** Lines; more is cut off with an ellipsis. */
	readonly lines?: number;
}

/** Writes a text and answers the height that it took. */
export function writeText(
	paper: Paper,
	text: string,
	{ x, y, width }: Omit<Area, "height">,
	{ size, colour = "#000", align = "left", lines = 1 }: TextStyle,
): number {
	const shown = onPaper(text);
	paper.fontSize(size).fillColor(colour);
	const lineHeight = paper.currentLineHeight(true);
	const needed = paper.heightOfString(shown, { width, align });
	const height = Math.min(needed, lines * lineHeight);
	// As high as the lines that it may have: half a point more, lest rounding takes the last.
	paper.text(shown, x, y, { width, height: height + 0.5, align, ellipsis: "…" });
	return height;
}

/** Writes the same on all pages, once all are there. */
export function onEachPage(paper: Paper, write: (page: number, of: number) => void): void {
	const { start, count } = paper.bufferedPageRange();
	for (let page = start; page < start + count; page++) {
		paper.switchToPage(page);
		write(page + 1, count);
	}
}

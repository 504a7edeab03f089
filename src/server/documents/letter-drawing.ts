import type { LetterRow } from "./letter-words.ts";
import { type PhotoPlace, printCopy, unreadable } from "./letter-photos.ts";
import { type Area, type Paper, writeText } from "./paper.ts";

const labelWidth = 64;
const rowPadding = 2.5;
const captionHeight = 14;
const line = "#999";

/** A table of labels and values; answers where it ends. */
export function drawRows(paper: Paper, rows: readonly LetterRow[], { x, y, width }: Omit<Area, "height">): number {
	let at = y;
	for (const { label, value } of rows) {
		const cell = { x: x + labelWidth + 4, y: at + rowPadding, width: width - labelWidth - 8 };
		// The label first: so it is read and copied.
		const labelCell = { x: x + 4, y: at + rowPadding, width: labelWidth - 8 };
		const height = Math.max(
			writeText(paper, label, labelCell, { size: 9, colour: "#444" }),
			writeText(paper, value, cell, { size: 9, lines: 2 }),
		);
		const next = at + height + 2 * rowPadding;
		paper
			.lineWidth(0.5)
			.strokeColor(line)
			.rect(x, at, width, next - at)
			.stroke();
		paper
			.moveTo(x + labelWidth, at)
			.lineTo(x + labelWidth, next)
			.stroke();
		at = next;
	}
	return at;
}

/** Photos side by side, whole, each with its caption below; answers where they end. */
export async function drawPhotos(paper: Paper, places: readonly PhotoPlace[], area: Area): Promise<number> {
	const gap = 8;
	const width = (area.width - gap * (places.length - 1)) / Math.max(1, places.length);
	for (const [i, place] of places.entries()) {
		const frame = { x: area.x + i * (width + gap), y: area.y, width, height: area.height - captionHeight };
		await drawPhoto(paper, place, frame);
		const below = { x: frame.x, y: frame.y + frame.height + 1.5, width };
		writeText(paper, place.caption, below, { size: 8, align: "center" });
	}
	return area.y + area.height;
}

async function drawPhoto(paper: Paper, { photo, without }: PhotoPlace, frame: Area): Promise<void> {
	const copy = photo && (await printCopy(photo.bytes, frame));
	paper.rect(frame.x, frame.y, frame.width, frame.height).lineWidth(0.5).fillAndStroke("#f4f4f4", line);
	if (copy) {
		const { x, y, width, height } = frame;
		paper.image(copy, x, y, { fit: [width, height], align: "center", valign: "center" });
		return;
	}
	const said = photo ? `${unreadable}（${photo.id}）：原文件在附件中` : without;
	const middle = { x: frame.x + 6, y: frame.y + frame.height / 2 - 14, width: frame.width - 12 };
	writeText(paper, said, middle, { size: 8, colour: "#555", align: "center", lines: 2 });
}

export interface OriginalHash {
	readonly name: string;
	readonly sha256: string;
}

const hashLine = 10.2;
const hashSize = 7;
const hashWidth = 262;

/** As many as there is room for; answers how many. */
export function drawHashes(paper: Paper, hashes: readonly OriginalHash[], area: Area): number {
	const room = Math.max(0, Math.floor(area.height / hashLine));
	const shown = hashes.slice(0, room);
	for (const [i, { name, sha256 }] of shown.entries()) {
		const y = area.y + i * hashLine;
		const { x, width } = area;
		const nameWidth = width - hashWidth - 6;
		writeText(paper, shortened(paper, name, nameWidth - 2), { x, y, width: nameWidth }, { size: hashSize });
		writeText(paper, sha256, { x: x + width - hashWidth, y, width: hashWidth }, { size: hashSize, align: "right" });
	}
	return shown.length;
}

/** Names differ at their ends: what is too long loses its middle. */
function shortened(paper: Paper, name: string, width: number): string {
	paper.fontSize(hashSize);
	for (let kept = name.length; kept > 20; kept--) {
		const shown =
			kept === name.length ? name : `${name.slice(0, Math.floor(kept / 3))}…${name.slice(-Math.ceil((kept * 2) / 3))}`;
		if (paper.widthOfString(shown) <= width) return shown;
	}
	return name.slice(-20);
}

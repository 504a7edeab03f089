import type { TransferFacts } from "../transfers/transfer-facts.ts";
import { drawHashes, drawPhotos, drawRows, type OriginalHash } from "./letter-drawing.ts";
import { evidencePlaces, type LetterPhoto, markingPlaces } from "./letter-photos.ts";
import { clueNote, letterRows, openingWords, receiverWords } from "./letter-words.ts";
import { localTime } from "./local-words.ts";
import { bytesOf, onEachPage, openPaper, type Paper, writeText } from "./paper.ts";

export interface LetterToWrite {
	readonly facts: TransferFacts;
	/** Of evidence and markings, as far as they are there. */
	readonly photos: readonly LetterPhoto[];
	/** Every original, the weightiest first; those that find no room stand in the list of them all. */
	readonly originals: readonly OriginalHash[];
	/** That list's own name and hash. */
	readonly listOfOriginals: OriginalHash;
}

const page = { width: 595.28, height: 841.89 };
const side = 40;
const inner = { x: side, width: page.width - 2 * side };
const footAt = page.height - 34;

/** 线索移交函: PDF, A4, two pages. The same facts and photos give the same bytes. */
export async function writeLetter(letter: LetterToWrite): Promise<Buffer> {
	const { facts } = letter;
	const paper = openPaper({ size: "A4", title: `线索移交函 ${facts.number}`, madeAt: facts.madeAt });
	await writeFirstPage(paper, letter);
	await writeSecondPage(paper, letter);
	onEachPage(paper, (number, of) => {
		const foot = `${clueNote} · 线索移交函 ${facts.number} · 第 ${number} 页，共 ${of} 页`;
		writeText(paper, foot, { ...inner, y: footAt }, { size: 8, colour: "#444", align: "center" });
	});
	return bytesOf(paper);
}

/** All facts and all photos of what happened. */
async function writeFirstPage(paper: Paper, { facts, photos }: LetterToWrite): Promise<void> {
	paper.addPage();
	let y = 34;
	y += writeText(paper, clueNote, { ...inner, y }, { size: 10, colour: "#a00000", align: "right" });
	y += writeText(paper, "消防车通道占用线索移交函", { ...inner, y: y - 6 }, { size: 20, align: "center" });
	y += writeText(paper, `编号 ${facts.number}`, { ...inner, y: y - 4 }, { size: 9, align: "center" }) + 2;
	y += writeText(paper, receiverWords(facts.receiver), { ...inner, y }, { size: 11, lines: 2 }) + 2;
	y += writeText(paper, openingWords(facts), { ...inner, y }, { size: 9.5, lines: 4 }) + 4;
	y = drawRows(paper, letterRows(facts), { ...inner, y }) + 8;
	const places = evidencePlaces(facts, photos);
	const height = Math.min(178, (footAt - 8 - y) / 2);
	for (const pair of [places.slice(0, 2), places.slice(2)]) y = await drawPhotos(paper, pair, { ...inner, y, height });
}

/** The lane's marking, what proves that nothing was changed, and the signatures. */
async function writeSecondPage(paper: Paper, letter: LetterToWrite): Promise<void> {
	const { facts, originals, listOfOriginals } = letter;
	paper.addPage();
	let y = 34;
	y += writeText(paper, clueNote, { ...inner, y }, { size: 10, colour: "#a00000", align: "right" });
	const markings = markingPlaces(facts, letter.photos);
	if (markings.length > 0) y = (await drawPhotos(paper, markings, { ...inner, y, height: 170 })) + 6;
	y += writeText(paper, "原始文件的 SHA-256（原图、原视频及签名清单，未经重新编码）", { ...inner, y }, { size: 9 }) + 2;
	const signAt = footAt - 108;
	const shown = drawHashes(paper, originals, { ...inner, y, height: signAt - 40 - y });
	writeAboutList(paper, { shown, of: originals.length, list: listOfOriginals }, signAt - 36);
	writeSignature(paper, facts, signAt);
}

function writeAboutList(
	paper: Paper,
	{ shown, of, list }: { readonly shown: number; readonly of: number; readonly list: OriginalHash },
	y: number,
): void {
	const rest = shown < of ? `另有 ${of - shown} 个文件仅列于清单。` : "";
	const said = `以上 ${shown} 个、共 ${of} 个文件。${rest}全部文件列于附件 ${list.name}，其 SHA-256：`;
	const height = writeText(paper, said, { ...inner, y }, { size: 8 });
	writeText(paper, list.sha256, { ...inner, y: y + height }, { size: 8 });
}

function writeSignature(paper: Paper, { madeAt, timeZone }: TransferFacts, y: number): void {
	const howTo =
		"核验：解压附件，按其中 HOW-TO-VERIFY.txt 操作，或运行 keepclear verify；签名密钥的指纹应与移交单位另行公布的一致。" +
		"请贵单位收到后回执，并反馈核查结果。";
	const height = writeText(paper, howTo, { ...inner, y }, { size: 8.5, lines: 3 });
	const half = inner.width / 2;
	const at = y + height + 12;
	writeText(paper, "移交单位（盖章）：", { x: inner.x, y: at, width: half }, { size: 10 });
	writeText(paper, "接收单位（签收）：", { x: inner.x + half, y: at, width: half }, { size: 10 });
	const made = `制作时间：${localTime(timeZone, madeAt)}（${timeZone}）`;
	writeText(paper, made, { x: inner.x, y: at + 36, width: half }, { size: 8.5 });
	writeText(paper, "签收时间：", { x: inner.x + half, y: at + 36, width: half }, { size: 8.5 });
}

import sharp, { type OverlayOptions } from "sharp";
import { wordsPicture } from "#platform/words-picture.ts";
import type { TransferFacts } from "../transfers/transfer-facts.ts";
import { evidencePlaces, type LetterPhoto, openPhoto, type PhotoPlace, unreadable } from "./letter-photos.ts";
import { onPaper } from "./paper-font.ts";

/** Pixels: a photo's place, the words below it, and those above them all. */
const cell = { width: 960, height: 540, words: 48, gap: 8 };
const head = { height: 72, textPx: 30 };
const captionPx = 26;
const background = "#101418";

/**
 * 合成图: the photos of the letter in one picture, two beside two, each with what it shows and when, for whoever files one
 * picture a case. It is made of copies: what counts are the sealed originals, as its head says.
 *
 * @returns JPEG, 1944 pixels wide
 */
export async function writeComposite(facts: TransferFacts, photos: readonly LetterPhoto[]): Promise<Buffer> {
	const places = evidencePlaces(facts, photos);
	const rows = Math.ceil(places.length / 2);
	const size = {
		width: 2 * cell.width + 3 * cell.gap,
		height: head.height + rows * (cell.height + cell.words + cell.gap) + cell.gap,
	};
	const pieces = await Promise.all([
		headOf(facts, size.width),
		...places.map((place, index) => pictureOf(place, cornerOf(index))),
		...places.map(({ caption }, index) => captionOf(caption, cornerOf(index))),
	]);
	return sharp({ create: { ...size, channels: 3, background } })
		.composite(pieces)
		.jpeg({ quality: 90, chromaSubsampling: "4:4:4" })
		.toBuffer();
}

const cornerOf = (index: number) => ({
	left: cell.gap + (index % 2) * (cell.width + cell.gap),
	top: head.height + Math.floor(index / 2) * (cell.height + cell.words + cell.gap),
});

type Corner = ReturnType<typeof cornerOf>;

async function headOf({ number, site, alert, plate }: TransferFacts, widthPx: number): Promise<OverlayOptions> {
	const words = [`线索，待审核　${number}`, site.name, alert.laneName, plate?.text ?? "", "由副本合成，以原始文件为准"];
	const line = words.filter((each) => each !== "").join("　");
	return oneLine(line, { left: cell.gap, top: 0, width: widthPx - 2 * cell.gap, height: head.height }, head.textPx);
}

const captionOf = (caption: string, { left, top }: Corner) =>
	oneLine(caption, { left, top: top + cell.height, width: cell.width, height: cell.words }, captionPx);

async function pictureOf({ photo, without }: PhotoPlace, corner: Corner): Promise<OverlayOptions> {
	const copy = photo && (await copyOf(photo.bytes));
	if (copy) return { input: copy, ...corner };
	return oneLine(photo ? unreadable : without, { ...corner, width: cell.width, height: cell.height }, captionPx);
}

/** Null for what is no picture, or a broken one. */
function copyOf(bytes: Uint8Array): Promise<Buffer | null> {
	return openPhoto(bytes)
		.resize({ width: cell.width, height: cell.height, fit: "contain", background })
		.png({ compressionLevel: 1 })
		.toBuffer()
		.catch(() => null);
}

/** In the middle of its place's height; smaller where it would not fit. */
async function oneLine(
	text: string,
	place: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
	textPx: number,
): Promise<OverlayOptions> {
	const { data, info } = await wordsPicture([onPaper(text)], { textPx, widthPx: 10 * place.width });
	const fits = info.width <= place.width;
	const input = fits ? data : await sharp(data).resize({ width: place.width }).png().toBuffer();
	const height = fits ? info.height : Math.round((info.height * place.width) / info.width);
	return { input, left: place.left, top: place.top + Math.max(0, Math.round((place.height - height) / 2)) };
}

import sharp, { type Sharp } from "sharp";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { TransferFacts } from "../transfers/transfer-facts.ts";
import { wallTime } from "#core/evidence/written-time.ts";
import { missingWords, photoWords } from "./trade-words.ts";

/** A photo as it came, whole. */
export interface LetterPhoto {
	/** Of the evidence, or of the lane's marking. */
	readonly id: string;
	readonly bytes: Uint8Array;
}

/** A place on the letter, and what is to be seen there. */
export interface PhotoPlace {
	/** Null: there is none. */
	readonly photo: LetterPhoto | null;
	readonly caption: string;
	/** What stands in the place where there is no photo. */
	readonly without: string;
}

const vehicleKinds: readonly EvidenceKind[] = ["panorama_entry", "panorama_confirmed", "plate", "panorama_cleared"];
const goodsKinds: readonly EvidenceKind[] = ["reference", "panorama_confirmed", "outline", "panorama_cleared"];

/** P1 to P4; of goods: before, after, outline, cleared. */
export function evidencePlaces(facts: TransferFacts, photos: readonly LetterPhoto[]): readonly PhotoPlace[] {
	const { alert, timeZone } = facts;
	const kinds = alert.cause === "vehicle" ? vehicleKinds : goodsKinds;
	return kinds.map((kind) => {
		const item = alert.evidenceSet?.items.find((each) => each.kind === kind);
		const evidence = alert.evidence.find((each) => each.kind === kind);
		const word = kind === "panorama_confirmed" && alert.cause === "object" ? "堆放后全景图" : photoWords[kind];
		return {
			photo: photos.find(({ id }) => id === evidence?.id) ?? null,
			caption: evidence ? `${word} ${wallTime(timeZone, evidence.capturedAt)}` : word,
			without: withoutWords(facts, kind, item?.reason ?? null),
		};
	});
}

function withoutWords({ alert }: TransferFacts, kind: EvidenceKind, reason: keyof typeof missingWords | null): string {
	if (reason) return `无此照片：${missingWords[reason]}`;
	if (kind === "panorama_cleared" && alert.clearedAt === null) return "无此照片：尚未清除";
	return "无此照片";
}

/** The lane's published marking and sign. */
export function markingPlaces(facts: TransferFacts, photos: readonly LetterPhoto[]): readonly PhotoPlace[] {
	return facts.markings.slice(0, 2).map(({ id, kind, takenAt, storedAt }) => ({
		photo: photos.find((each) => each.id === id) ?? null,
		caption: `${kind === "marking" ? "标线" : "标牌"}（公示） ${wallTime(facts.timeZone, takenAt ?? storedAt).slice(0, 10)}`,
		without: unreadable,
	}));
}

/** As printed: enough for every detail that paper can show, and small enough to be sent. */
const dotsPerInch = 220;
/** A photo of more is none of ours. */
const mostPixels = 100_000_000;
/** What is said in the place of a photo that is broken. */
export const unreadable = "照片无法读取";

/** Upright. What is no picture, or a broken one, is found when its pixels are asked for. */
export const openPhoto = (bytes: Uint8Array): Sharp =>
	sharp(bytes, { failOn: "error", limitInputPixels: mostPixels }).autoOrient();

/** A copy for a place on paper (points: 1/72 inch); null for what is no picture, or a broken one. */
export async function printCopy(
	bytes: Uint8Array,
	{ width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer | null> {
	const pixels = (points: number) => Math.ceil((points / 72) * dotsPerInch);
	try {
		return await openPhoto(bytes)
			.resize({ width: pixels(width), height: pixels(height), fit: "inside", withoutEnlargement: true })
			.jpeg({ quality: 88, chromaSubsampling: "4:4:4" })
			.toBuffer();
	} catch {
		return null;
	}
}

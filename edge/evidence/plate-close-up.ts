import { masksWithin } from "#core/evidence/photo-masks.ts";
import type { Box } from "#core/geometry/shapes.ts";
import { bestLookOf } from "#core/plates/stay-plate.ts";
import sharp from "sharp";
import { cropOf } from "../plates/crop.ts";
import type { KeptFile } from "../store/evidence-jobs.ts";
import type { Picture } from "../plates/warp.ts";
import { drawWords } from "./draw-overlay.ts";
import type { EvidenceFolder } from "./evidence-folder.ts";
import { overlayId } from "./evidence-plan.ts";
import type { CloseUp, EvidenceItem, EvidenceSet } from "./evidence-set.ts";
import { encodePhoto } from "./jpeg.ts";
import { overlayWords } from "./overlay-words.ts";
import { plateBodyOf } from "./plate-plan.ts";

/** Of the plate's width and height, on each side: enough to see what it is screwed to. */
const margin = { x: 0.5, y: 1 };
/** A copy with words is enlarged to at least so many pixels, in whole steps; the original never is. */
const leastCopyWidthPx = 960;

/** @param masks of the whole photo */
export async function cutCloseUp(
	photo: Picture,
	plate: Box,
	{ masks, ...facts }: Pick<CloseUp, "wantedAt" | "capturedAt" | "clock" | "masks">,
): Promise<CloseUp> {
	const [x, y] = [(plate.x2 - plate.x1) * margin.x, (plate.y2 - plate.y1) * margin.y];
	const around = { x1: plate.x1 - x, y1: plate.y1 - y, x2: plate.x2 + x, y2: plate.y2 + y };
	const { picture, toWhole } = cropOf(photo, around);
	const part = toWhole({ x1: 0, y1: 0, x2: 1, y2: 1 });
	const jpegBase64 = (await encodePhoto(picture)).toString("base64");
	const within = masks && masksWithin(masks, part);
	return { ...facts, widthPx: picture.width, heightPx: picture.height, jpegBase64, masks: within };
}

/** That of the picture which says most of the plate; null where there is none. */
export function bestCloseUpOf({ closeUps = [], plateLooks = [] }: EvidenceSet): CloseUp | null {
	const best = bestLookOf(plateLooks);
	return closeUps.find(({ wantedAt }) => wantedAt === best?.wantedAt) ?? null;
}

/** What lies on disk of P3: the close-up itself, and its copy with the facts and what the plate reads as. */
export interface KeptCloseUp {
	readonly file: KeptFile;
	readonly copy: KeptFile;
	readonly overlay: { readonly id: string; readonly code: string; readonly lines: readonly string[] };
}

/** Over the same names each time: repeated after a crash, it leaves the same. */
export async function keepCloseUp(
	set: EvidenceSet,
	item: EvidenceItem,
	closeUp: CloseUp,
	folder: EvidenceFolder,
): Promise<KeptCloseUp> {
	const jpeg = Buffer.from(closeUp.jpegBase64, "base64");
	const file = await folder.keep(`${item.id}.jpg`, jpeg);
	const { alertId, cameraId, zoneId, enteredAt, clearedAt, place } = set;
	const { capturedAt, clock } = closeUp;
	const facts = { alertId, cameraId, zoneId, enteredAt, clearedAt, place, kind: item.kind, capturedAt, clock };
	const words = overlayWords({ ...facts, sha256: file.sha256, plate: plateBodyOf(set) });
	const id = overlayId(item.id);
	const copy = await folder.keep(`${id}.jpg`, await drawWords(await enlarged(jpeg), words.lines));
	return { file, copy, overlay: { id, ...words } };
}

async function enlarged(jpeg: Buffer): Promise<{ width: number; height: number; rgb: Buffer }> {
	const picture = sharp(jpeg);
	const { width } = await picture.metadata();
	const by = Math.ceil(leastCopyWidthPx / width);
	const { data, info } = await picture
		.resize({ width: width * by, kernel: "cubic" })
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { width: info.width, height: info.height, rgb: data };
}

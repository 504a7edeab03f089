import type { Stillness } from "#contract/evidence-set.ts";
import { least, stoodStill } from "#core/evidence/stood-still.ts";
import type { Box } from "#core/geometry/shapes.ts";
import { type Patch, patchAt } from "#core/picture/patch.ts";
import { greyOf } from "../video/grey-of.ts";
import type { Picture } from "../video/ppm-reader.ts";
import type { EvidenceSet } from "./evidence-set.ts";

type Photo = Picture & { readonly capturedAt: number };

/** How the place of the entry's box looks in the first photo; to be held against the second, minutes later. */
export const entryPatchOf = ({ box }: Pick<EvidenceSet, "box">, photo: Photo): string =>
	Buffer.from(patchOf(photo, box).cells).toString("base64");

/** What the second photo says beside the first. @param box where the detector had it then */
export function stillnessOf(set: EvidenceSet, photo: Photo, box: Box | null): Stillness {
	const { patchBase64, box: entryBox } = set;
	const first = patchBase64 === null ? null : { cells: new Uint8Array(Buffer.from(patchBase64, "base64")) };
	const figures = stoodStill({ box: entryBox, patch: first }, { box, patch: patchOf(photo, entryBox) });
	const entry = set.items.find(({ kind }) => kind === "panorama_entry" || kind === "reference");
	const since = entry?.kind === "panorama_entry" ? (entry.taken?.capturedAt ?? set.enteredAt) : set.enteredAt;
	return {
		iou: figures.iou === null ? null : round(figures.iou),
		leastIou: least.iou,
		similarity: figures.similarity === null ? null : round(figures.similarity),
		leastSimilarity: least.similarity,
		intervalMs: Math.max(0, Math.round(photo.capturedAt - since)),
		stoodStill: figures.stoodStill,
		boxes: { entry: tupleOf(entryBox), confirmed: box && tupleOf(box) },
	};
}

const patchOf = (photo: Photo, box: Box): Patch => patchAt(greyOf(photo), box);

const round = (value: number) => Math.round(value * 1000) / 1000;
const unit = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
/** As the contract writes a box. */
export const tupleOf = ({ x1, y1, x2, y2 }: Box): [number, number, number, number] => [
	unit(x1),
	unit(y1),
	unit(x2),
	unit(y2),
];

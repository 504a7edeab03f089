import { type CellMatch, isKept, matchCells, shareOf } from "./agreement.ts";
import type { PictureMeasures } from "./picture-measures.ts";
import { type Peak, shiftPeaks } from "./shift.ts";
import type { ViewReference } from "./types.ts";

/** Where the picture lies against one reference. */
export interface Placement {
	readonly reference: ViewReference;
	/** About where it was: within 2.5 % of the longer side. */
	readonly near: Peak;
	/** What is found there of what was learned. */
	readonly matches: readonly CellMatch[];
	readonly kept: number;
	/** Where else it would fit better; null where nothing does. */
	readonly elsewhere: (Peak & { readonly kept: number }) | null;
	readonly measuredAt: number;
}

/** So high a peak is no chance: unrelated pictures reach 5, the same place in the worst of weathers 8 and more. */
const provenHeight = 7;
/** A turn by 5° or a zoom by 1.1 wavers about that height: once in doubt, it takes more to be believed again. */
const believedHeight = 9;
/** A turn by 3° gives up to 11: what is no higher may be fit, but another lighting it is not. */
const teachingHeight = 12;
/** What lies elsewhere must beat what is still in place by so much: a logo and a clock never move. */
const timesNear = 1.5;
/** So much of it found at once, and it needs no search over all shifts. */
const plainlyKept = 0.6;
const searchEveryMs = 5_000;

export function isInPlace({ near }: Placement, wasMoved = false): boolean {
	return near.height >= (wasMoved ? believedHeight : provenHeight);
}

export function isPlainlyInPlace({ near }: Placement): boolean {
	return near.height >= teachingHeight;
}

/** The reference that explains the picture best. `known` is where the first of them was found last. */
export function place(
	references: readonly ViewReference[],
	picture: PictureMeasures,
	at: number,
	known: (Peak & { readonly measuredAt: number }) | null,
): Placement | null {
	const [first] = references;
	if (!first) return null;
	if (known && at - known.measuredAt < searchEveryMs) {
		const quick = placementAt(first, picture, known, null, known.measuredAt);
		if (quick.kept >= plainlyKept) return quick;
	}
	let best: Placement | null = null;
	for (const reference of references) {
		const found = search(reference, picture, at);
		if (!best || worth(found) > worth(best)) best = found;
		if (isInPlace(best) && best.kept >= plainlyKept) break;
	}
	return best;
}

/** First whether it is in place at all, then how much of it is found. */
function worth(placement: Placement): number {
	const { near, elsewhere, kept } = placement;
	if (isInPlace(placement) && !elsewhere) return 2 + kept;
	return elsewhere ? elsewhere.kept : near.height / 100;
}

function search(reference: ViewReference, picture: PictureMeasures, at: number): Placement {
	const { near, best } = shiftPeaks(reference.edges, picture.edges, picture.free);
	const isElsewhere = best.height >= Math.max(provenHeight, timesNear * near.height);
	const kept = () => shareOf(matchCells(reference.edges, picture.edges, picture.free, rounded(best)), isKept);
	return placementAt(reference, picture, near, isElsewhere ? { ...best, kept: kept() } : null, at);
}

function placementAt(
	reference: ViewReference,
	picture: PictureMeasures,
	near: Peak,
	elsewhere: Placement["elsewhere"],
	measuredAt: number,
): Placement {
	const matches = matchCells(reference.edges, picture.edges, picture.free, rounded(near));
	return { reference, near, matches, kept: shareOf(matches, isKept), elsewhere, measuredAt };
}

export function rounded({ x, y }: Peak) {
	return { x: Math.round(x), y: Math.round(y) };
}

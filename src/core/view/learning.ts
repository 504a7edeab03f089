import type { PictureMeasures } from "./picture-measures.ts";
import { isInPlace, isPlainlyInPlace, type Placement, rounded } from "./placement.ts";
import { followRecent, learn, matched, refresh } from "./references.ts";
import { emptyShare } from "./symptom.ts";
import type { RecentView, ViewReason, ViewState } from "./types.ts";

/** What of the state is learned from good looks. */
export type Learned = Pick<ViewState, "references" | "recent" | "offset" | "unlikeSince">;

const firstMs = 3_000;
const anotherLightMs = 5_000;
const fewestLooks = 3;
/** With less of the picture free of vehicles a look teaches nothing. */
const leastFreeShare = 0.5;
/** Of what was learned: with less found again it is another lighting, with more it is the same one. */
const sameLight = 0.6;
/** With more of the structure gone it may be a cover that creeps over the lens. */
const emptyBelow = 0.4;

/** Bad looks teach nothing: the references stay what they were, and what is seen after them is begun anew. */
export function learnFrom(
	known: ViewState,
	picture: PictureMeasures,
	placement: Placement | null,
	{ symptom, isSteady }: { readonly symptom: ViewReason | null; readonly isSteady: boolean | null },
	at: number,
): Learned {
	const { references, offset, unlikeSince } = known;
	if (picture.freeShare < leastFreeShare) return { references, recent: known.recent, offset, unlikeSince };
	const isBackAgain = known.trouble !== null && symptom === null;
	const recent = followRecent(isBackAgain ? null : known.recent, picture, isSteady, at);
	if (symptom !== null) return { references, recent, offset: null, unlikeSince: null };
	if (!placement) return learnFirst(recent, at);
	if (!isInPlace(placement)) return { references, recent, offset, unlikeSince: null };
	return learnInPlace({ references, recent, offset, unlikeSince }, picture, placement, at);
}

function learnFirst(recent: RecentView, at: number): Learned {
	const isRipe = recent.looks >= fewestLooks && at - recent.since >= firstMs;
	const references = isRipe ? learn([], recent, { x: 0, y: 0 }, at) : [];
	return { references, recent, offset: null, unlikeSince: null };
}

function learnInPlace(before: Learned, picture: PictureMeasures, placement: Placement, at: number): Learned {
	const { near, reference, kept, measuredAt } = placement;
	const shift = rounded(near);
	const recent = before.recent!;
	const offset = { ...near, measuredAt };
	if (kept >= sameLight) {
		const refreshed = refresh(reference, recent, shift, picture.free, at);
		return { references: matched(before.references, reference, refreshed), recent, offset, unlikeSince: null };
	}
	const references = matched(before.references, reference, reference);
	const unlikeSince = before.unlikeSince ?? at;
	const isRipe = at - unlikeSince >= anotherLightMs && at - recent.since >= firstMs && recent.looks >= fewestLooks;
	const isAnotherLight = isRipe && isPlainlyInPlace(placement) && emptyShare(picture.sharpness, placement) < emptyBelow;
	if (!isAnotherLight) return { references, recent, offset, unlikeSince };
	return { references: learn(references, recent, shift, at), recent, offset: null, unlikeSince: null };
}

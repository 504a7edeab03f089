import { followStillness, noStillness } from "./frozen.ts";
import { learnFrom } from "./learning.ts";
import { measure, type PictureMeasures } from "./picture-measures.ts";
import { place } from "./placement.ts";
import { steadiness } from "./references.ts";
import { symptomOf } from "./symptom.ts";
import { followTrouble } from "./trouble.ts";
import type { ViewLook, ViewState, ViewVerdict } from "./types.ts";
import { verdictOf } from "./verdict.ts";

export type { ViewLook, ViewReason, ViewShift, ViewState, ViewVerdict } from "./types.ts";

/** A bad view needs the dearest search of all, and is no worse for being told of its end a second later. */
const whileBadEveryMs = 900;

export function initialViewState(): ViewState {
	return {
		at: null,
		judgedAt: null,
		confirmedAt: null,
		verdict: { fit: true, reason: null, since: null, shift: null },
		stillness: noStillness,
		references: [],
		recent: null,
		trouble: null,
		offset: null,
		unlikeSince: null,
	};
}

/**
 * A person has looked at the zones at `at`: what the camera sees from now on is what it should see, and is learned
 * anew. The same instant, or an earlier one, again changes nothing.
 */
export function confirmView(state: ViewState, at: number): ViewState {
	if (state.confirmedAt !== null && at <= state.confirmedAt) return state;
	return { ...initialViewState(), at: state.at, confirmedAt: at, stillness: state.stillness };
}

/** Whether what the camera shows can be trusted, from this look and those before it. */
export function judgeView(before: ViewState, look: ViewLook): { state: ViewState; verdict: ViewVerdict } {
	if (before.at !== null && look.at <= before.at) return { state: before, verdict: before.verdict };
	if (before.verdict.reason !== null && look.at - (before.judgedAt ?? 0) < whileBadEveryMs) {
		return { state: { ...before, at: look.at }, verdict: before.verdict };
	}
	const picture = measure(look);
	const known = ofSameSize(before, picture);
	const stillness = followStillness(known.stillness, look.at, look.grey);
	const placement = place(known.references, picture, look.at, known.offset);
	const isSteady = steadiness(known.recent, picture);
	const symptom = symptomOf(picture, placement, { isSteady, wasMoved: known.trouble?.symptom === "camera_moved" });
	const trouble = followTrouble(known.trouble, symptom, look.at, known.at);
	const learned = learnFrom(known, picture, placement, { symptom, isSteady }, look.at);
	const verdict = verdictOf(trouble, stillness, placement);
	const { confirmedAt } = before;
	return { state: { ...learned, at: look.at, judgedAt: look.at, confirmedAt, verdict, stillness, trouble }, verdict };
}

/** A stream of another shape is another picture: nothing that was learned can be held against it. */
function ofSameSize(state: ViewState, { edges }: PictureMeasures): ViewState {
	const known = state.references[0]?.edges ?? state.recent?.edges;
	if (!known || (known.columns === edges.columns && known.rows === edges.rows)) return state;
	return { ...initialViewState(), at: state.at, stillness: state.stillness };
}

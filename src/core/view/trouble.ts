import type { Trouble, ViewReason } from "./types.ts";

/** How long a symptom must last before it is told. A bus passes sooner; a truck that parks is no turned camera. */
const patienceMs: Record<ViewReason, number> = {
	picture_frozen: 0,
	too_dark: 5_000,
	lens_covered: 6_000,
	defocused: 6_000,
	camera_moved: 20_000,
};
/** Though it looked like something else before: a hand looks like another scene, then like a cover. */
const mixedPatienceMs = 9_000;
const mixedSameMs = 2_000;
/** After a gap in the stream the waiting begins anew. */
const longestGapMs = 10_000;

/** `lastAt`: the look before this one. */
export function followTrouble(
	before: Trouble | null,
	symptom: ViewReason | null,
	at: number,
	lastAt: number | null,
): Trouble | null {
	if (symptom === null) return null;
	const isNew = before === null || (before.told === null && at - (lastAt ?? at) > longestGapMs);
	if (isNew) return { since: at, symptom, symptomSince: at, told: null };
	const symptomSince = before.symptom === symptom ? before.symptomSince : at;
	const isSure = at - symptomSince >= patienceMs[symptom];
	const isMixed =
		before.told === null &&
		symptom !== "camera_moved" &&
		at - before.since >= mixedPatienceMs &&
		at - symptomSince >= mixedSameMs;
	return { since: before.since, symptom, symptomSince, told: isSure || isMixed ? symptom : before.told };
}

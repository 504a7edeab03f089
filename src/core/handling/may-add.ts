import type { HandlingEntry } from "./handling-facts.ts";
import { entriesThatHold, type HandlingNow } from "./handling-now.ts";
import { handlingStates, type HandlingKind, type HandlingState, isAttendKind, isSystemKind } from "./handling-words.ts";

const waiting = ["raised", "reopened"] as const;
const inHand = ["acknowledged", "dispatched", "on_site"] as const;
const free = ["cleared", "verified"] as const;
const open = [...waiting, ...inHand] as const;

/** In which states an entry may be added. What is told from the spot may come late and is always taken. */
export const allowedIn: Readonly<Record<HandlingKind, readonly HandlingState[]>> = {
	acknowledged: waiting,
	dispatched: [...open, "hazard", "transferred"],
	on_the_way: handlingStates,
	on_site: handlingStates,
	reported_cleared: handlingStates,
	note: handlingStates,
	photo: handlingStates,
	needs_police: handlingStates,
	false_alarm: [...open, ...free],
	exempt: [...open, ...free],
	hazard: [...open, ...free],
	transferred: handlingStates,
	escalated: [...open, "transferred"],
	verified: ["cleared"],
	closed: [...free, "hazard", "transferred"],
	reopened: ["closed", "false_alarm", "exempt", "hazard", "transferred"],
	taken_back: handlingStates,
};

/** Nothing is proven where the camera has not verified it: whoever closes then says why. */
export function needsNote(kind: HandlingKind, state: HandlingState): boolean {
	if (kind === "closed") return state !== "verified";
	return kind === "hazard" || kind === "reopened" || kind === "note";
}

export const needsReason = (kind: HandlingKind): kind is "false_alarm" | "exempt" =>
	kind === "false_alarm" || kind === "exempt";

/** Whether a person may add it now. */
export const mayAdd = (kind: HandlingKind, state: HandlingState): boolean =>
	!isSystemKind(kind) && allowedIn[kind].includes(state);

/** Words from the spot, and what the program adds, follow nothing. */
const followsNothing = (kind: HandlingKind) => kind === "note" || kind === "photo" || kind === "escalated";

export const undoRefusals = ["nothing_said", "not_yours", "followed"] as const;
export type UndoRefusal = (typeof undoRefusals)[number];

/** Why this person may not take this entry back now; null: may. Photos and notes stay: another note puts them right. */
export function refusalToUndo(
	entries: readonly HandlingEntry[],
	position: number,
	person: { readonly id: string; readonly isAdmin: boolean },
): UndoRefusal | null {
	const held = entriesThatHold(entries);
	const entry = held.find((each) => each.position === position);
	if (!entry || entry.by === null || followsNothing(entry.kind)) return "nothing_said";
	if (entry.by !== person.id && !person.isAdmin) return "not_yours";
	return held.some((each) => each.position > position && !followsNothing(each.kind)) ? "followed" : null;
}

/** The entry that this person may take back now. */
export function undoable<E extends HandlingEntry>(
	entries: readonly E[],
	person: { readonly id: string; readonly isAdmin: boolean },
): E | null {
	const last = entriesThatHold(entries).findLast(({ kind }) => !followsNothing(kind));
	return last && refusalToUndo(entries, last.position, person) === null ? last : null;
}

/** What others added since `seen`, which whoever writes should see first. What is told from the spot waits for nobody. */
export function unseenBy<E extends HandlingEntry>(
	entries: readonly E[],
	{ kind, seen, by }: { readonly kind: HandlingKind; readonly seen: number; readonly by: string },
): readonly E[] {
	if (isAttendKind(kind)) return [];
	return entries.filter((entry) => entry.position > seen && entry.by !== null && entry.by !== by);
}

/** Who is on it: the last whom something was told of, for the tile. */
export function whoIsOnIt<E extends HandlingEntry>({ last }: HandlingNow<E>): E | null {
	const candidates = [last.on_site, last.on_the_way, last.dispatched, last.acknowledged].filter(
		(entry) => entry !== undefined,
	);
	return candidates.toSorted((a, b) => b.position - a.position)[0] ?? null;
}

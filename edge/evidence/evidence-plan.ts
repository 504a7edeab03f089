import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { OccupancyCause } from "#core/occupancy/types.ts";
import type { Policy } from "#core/scene.ts";

/** Pure decisions about evidence: what an occupancy is to have, from when, and until when it is worth while. */

/** Made from the alert's id, so that a step that is repeated after a crash names the same evidence. */
export const evidenceId = (alertId: string, kind: EvidenceKind) => `${alertId}.${kind}`;
export const overlayId = (originalId: string) => `${originalId}.overlay`;
const secondClipId = (alertId: string) => `${evidenceId(alertId, "clip")}.confirmed`;

/** One piece that is to be got out of the camera's ring. Instants in ms. */
export interface Planned {
	readonly id: string;
	readonly kind: EvidenceKind;
	/**
	 * A photo: the first picture of this time, or the last. A clip: all of it. `drawn`: made of another photo. `close_up`:
	 * of the pictures that were looked at for the plate, the best.
	 */
	readonly take: "first" | "last" | "all" | "drawn" | "close_up";
	readonly fromAt: number;
	readonly toAt: number;
	/** It is to show what stands there: worth nothing once that has left. */
	readonly whileThere: boolean;
	/** The photo that it is drawn on. */
	readonly drawnOn?: string;
}

/** E1: from 5 s before the entry to 10 s after it, and 5 s to either side of the confirmation. */
const clipMs = { beforeEntry: 5_000, afterEntry: 10_000, aroundConfirmation: 5_000 };
/** A photo may show a moment so much later than the one that was wanted: a camera of one picture in 10 s has no better. */
const photoToleranceMs = 12_000;
/** P1 waits for an edge that is started again; P2's interval counts from what P1 really shows. */
const entryWithinMs = 30_000;
/** P2 waits so long for a camera that is lost just then: a later one proves more, not less. */
const confirmedWithinMs = 600_000;
/** The empty lane before goods came: who carries them is in the picture for a while before. */
const referenceMs = { before: 120_000, until: 15_000 };
/** E2: between the two panoramas, at the very least. */
const leastIntervalMs = 10_000;
/**
 * The alert's clip is to be playable 15 s after it: measured from the end of what is cut to the page that plays it, 6 s
 * (the segment's end, the cut, the upload).
 */
const clipWithinMs = 7_000;

interface Occupancy {
	readonly alertId: string;
	readonly cause: OccupancyCause;
	readonly enteredAt: number;
}

/** Before anybody knows whether it becomes an alert: the ring may be shorter than the on-delay. */
export function planAtEntry({ alertId, cause, enteredAt }: Occupancy): Planned[] {
	const photo: Planned =
		cause === "vehicle"
			? {
					...{ id: evidenceId(alertId, "panorama_entry"), kind: "panorama_entry", take: "first", whileThere: true },
					...{ fromAt: enteredAt, toAt: enteredAt + entryWithinMs },
				}
			: {
					...{ id: evidenceId(alertId, "reference"), kind: "reference", take: "last", whileThere: false },
					...{ fromAt: enteredAt - referenceMs.before, toAt: enteredAt - referenceMs.until },
				};
	return [photo, ...plateAtEntry(alertId, cause, enteredAt), clip(evidenceId(alertId, "clip"), entryClip(enteredAt))];
}

/** P3. Whatever was read until the vehicle left may become it. */
function plateAtEntry(alertId: string, cause: OccupancyCause, enteredAt: number): Planned[] {
	if (cause !== "vehicle") return [];
	const window = { fromAt: enteredAt, toAt: enteredAt + confirmedWithinMs };
	return [{ id: evidenceId(alertId, "plate"), kind: "plate", take: "close_up", ...window, whileThere: false }];
}

/**
 * The confirmation: as long after the entry as the policy says, never before the alert (E2). One clip where those of entry
 * and confirmation touch and none has to wait for it, else two.
 */
export function planAtRaise(
	{ alertId, cause, enteredAt }: Occupancy,
	raisedAt: number,
	policy: Pick<Policy, "confirmAfterMs" | "vehicleOnDelayMs" | "objectOnDelayMs">,
	entryClipIsCut: boolean,
): { confirmAt: number; items: Planned[] } {
	const dwellMs = cause === "vehicle" ? policy.vehicleOnDelayMs : policy.objectOnDelayMs;
	const confirmAt = Math.max(raisedAt, enteredAt + Math.max(leastIntervalMs, dwellMs, policy.confirmAfterMs));
	const id = evidenceId(alertId, "panorama_confirmed");
	const window = { fromAt: confirmAt, toAt: confirmAt + confirmedWithinMs };
	const items: Planned[] = [{ id, kind: "panorama_confirmed", take: "first", ...window, whileThere: true }];
	if (cause === "object") {
		const outline = { id: evidenceId(alertId, "outline"), kind: "outline", take: "drawn", drawnOn: id } as const;
		items.push({ ...outline, ...window, whileThere: true });
	}
	return { confirmAt, items: [...items, clipOf({ alertId, enteredAt, raisedAt, confirmAt, entryClipIsCut })] };
}

/** @param seenFreeAt when the camera had seen the lane free for long enough */
export function planAfterClearance(alertId: string, seenFreeAt: number): Planned[] {
	const window = { fromAt: seenFreeAt, toAt: seenFreeAt + photoToleranceMs };
	return [
		{
			...{ id: evidenceId(alertId, "panorama_cleared"), kind: "panorama_cleared", take: "first" },
			...{ ...window, whileThere: false },
		},
	];
}

function clipOf(times: {
	readonly alertId: string;
	readonly enteredAt: number;
	readonly raisedAt: number;
	readonly confirmAt: number;
	readonly entryClipIsCut: boolean;
}): Planned {
	const { alertId, confirmAt } = times;
	const entry = entryClip(times.enteredAt);
	const around = { fromAt: confirmAt - clipMs.aroundConfirmation, toAt: confirmAt + clipMs.aroundConfirmation };
	const touches = around.fromAt <= entry.toAt;
	if (!touches || times.entryClipIsCut || around.toAt > times.raisedAt + clipWithinMs) {
		return { ...clip(secondClipId(alertId), around), whileThere: true };
	}
	return clip(evidenceId(alertId, "clip"), { fromAt: entry.fromAt, toAt: Math.max(entry.toAt, around.toAt) });
}

const entryClip = (enteredAt: number) => ({
	fromAt: enteredAt - clipMs.beforeEntry,
	toAt: enteredAt + clipMs.afterEntry,
});

const clip = (id: string, window: { fromAt: number; toAt: number }): Planned => ({
	...{ id, kind: "clip", take: "all", ...window, whileThere: false },
});

/** The ring's newest segment ends with the camera's next key frame; a lost camera gives none. */
export const longestSettleMs = 30_000;

/** Whether the ring has the whole clip, or will not get more of it. */
export const isRipe = (clip: { readonly toAt: number }, now: number, coversUntil: number | null) =>
	now >= clip.toAt && ((coversUntil !== null && coversUntil >= clip.toAt) || now >= clip.toAt + longestSettleMs);

/** Whether the ring may have the photo: the first picture of its time, or, of all its time, the last. */
export const isPhotoRipe = (
	photo: { readonly take: "first" | "last"; readonly fromAt: number; readonly toAt: number },
	now: number,
	coversUntil: number | null,
) =>
	photo.take === "last"
		? isRipe(photo, now, coversUntil)
		: (coversUntil !== null && coversUntil > photo.fromAt) || now >= photo.toAt + longestSettleMs;

/** Of a photo that was not got. */
export function afterFailedPhoto(
	photo: { readonly toAt: number },
	outcome: "nothing_there" | "failed",
	now: number,
	ringKeepMs: number,
): "again" | "give_up" {
	return now < photo.toAt + (outcome === "nothing_there" ? longestSettleMs : ringKeepMs) ? "again" : "give_up";
}

/** What to do about a clip that was not got: try again while the ring may still have it. */
export function afterFailedCut(
	clip: { readonly toAt: number },
	outcome: "nothing_there" | "failed",
	now: number,
	ringKeepMs: number,
): "again" | "give_up" {
	const patienceMs = outcome === "nothing_there" ? Math.min(60_000, ringKeepMs) : ringKeepMs;
	return now < clip.toAt + patienceMs ? "again" : "give_up";
}

/** The server's words (`error` of its answer) that are final. */
const finalWords: Readonly<Record<string, "stored" | "never" | "look_again">> = {
	already_stored: "stored", // an upload whose success we did not hear of
	bad_input: "never",
	not_yours: "never",
	not_as_sealed: "never",
	wrong_content: "look_again",
};

/**
 * What the answer to an upload means. Only the server's own words are final: a proxy between us may answer anything.
 * `all_later`: no file can be sent now (the server is away, full, or does not know our token, which an operator can mend).
 * `this_later`: the others may go. `look_again`: what arrived is not what was announced; it was changed here or on the way.
 *
 * @param status 0: there was no answer
 */
export function afterFailedUpload(
	status: number,
	word: string | null,
): "stored" | "never" | "look_again" | "this_later" | "all_later" {
	const final = word === null ? undefined : finalWords[word];
	if (final) return final;
	return status >= 400 && status < 500 && status !== 401 && status !== 429 ? "this_later" : "all_later";
}

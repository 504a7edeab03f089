import type { EvidenceKind } from "#contract/http-api.ts";
import type { OccupancyPeriod } from "#core/occupancy/types.ts";

/** Pure decisions about evidence. */

const beforeEntryMs = 5_000;
const afterRaiseMs = 10_000;
const mostBeforeRaiseMs = 120_000;

/** Made from the alert's id, so that a step that is repeated after a crash names the same evidence. */
export const evidenceId = (alertId: string, kind: EvidenceKind) => `${alertId}.${kind}`;

/**
 * One clip: from 5 s before the entry to 10 s after the raise. With a long on-delay the entry lies far back; then the
 * clip begins 2 minutes before the raise, and the entry is shown by its still. The ring may hold less: the clip is what
 * it has.
 */
export function clipWindow({ enteredAt, raisedAt }: Pick<OccupancyPeriod, "enteredAt" | "raisedAt">): {
	fromAt: number;
	toAt: number;
} {
	return {
		fromAt: Math.max(enteredAt - beforeEntryMs, raisedAt - mostBeforeRaiseMs),
		toAt: raisedAt + afterRaiseMs,
	};
}

/** The ring's newest segment ends with the camera's next key frame; a lost camera gives none. */
const longestSettleMs = 30_000;

/** Whether the ring has the whole clip, or will not get more of it. */
export const isRipe = (clip: { readonly toAt: number }, now: number, coversUntil: number | null) =>
	now >= clip.toAt && ((coversUntil !== null && coversUntil >= clip.toAt) || now >= clip.toAt + longestSettleMs);

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

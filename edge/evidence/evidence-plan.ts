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

/** What the server's answer to an upload means. Status 0: no answer at all. */
export function afterFailedUpload(status: number): "stored" | "never" | "later" {
	if (status === 409) return "stored"; // already_stored: the answer to an upload whose success we did not hear of
	if (status === 400 || status === 403 || status === 413 || status === 422) return "never";
	return "later"; // the server is away, full, or does not know our token (an operator can mend that)
}

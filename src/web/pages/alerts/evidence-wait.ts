import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";

/** Longer than the edge needs to cut and upload; after that a missing file is told as missing. */
const comesWithinMs = 10 * 60_000;

export function isStillComing({ evidence, raisedAt }: AlertAnswer, kind: EvidenceKind, now = Date.now()): boolean {
	return !evidence.some((each) => each.kind === kind) && now - raisedAt < comesWithinMs;
}

/** The edge is older than lists of photos, or lost this one with its disk: it will not say any more what is missing. */
export function hasNoList({ evidenceSet, raisedAt }: AlertAnswer, now = Date.now()): boolean {
	return evidenceSet === null && now - raisedAt >= comesWithinMs;
}

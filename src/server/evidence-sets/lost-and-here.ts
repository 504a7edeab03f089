import type { EvidenceItemBody, EvidenceSetBody } from "#contract/evidence-set.ts";
import { findEvidence } from "../evidence/evidence-store.ts";
import type { Store } from "../store/open-store.ts";

/**
 * An edge that did not hear that its file was taken may tell it as lost. What is here is not lost: of it stands what was told
 * before.
 */
export function asFarAsHere(
	store: Store,
	alertId: string,
	body: EvidenceSetBody,
	before: EvidenceSetBody | null,
): EvidenceSetBody {
	const isLostAndHere = ({ id, state }: EvidenceItemBody) =>
		state === "missing" && findEvidence(store, id)?.alertId === alertId;
	const knownOf = (id: string) => before?.items.find((item) => item.id === id) ?? [];
	return { ...body, items: body.items.flatMap((item) => (isLostAndHere(item) ? knownOf(item.id) : item)) };
}

import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { EvidenceSetBody } from "#contract/evidence-set.ts";
import { clockVerdict } from "#core/evidence/clock-verdict.ts";
import { defaultRoadClass, type RoadClass } from "#core/evidence/law-basis.ts";
import { reviewState } from "#core/review/next-step.ts";
import type { ProvingPhoto, TransferQuestion } from "#core/transfer/refusals.ts";
import type { ReceiverKind } from "#core/transfer/transfer-words.ts";
import { edgeOfAlert } from "../edges/own-ids.ts";
import { findEvidence } from "../evidence/evidence-store.ts";
import { markingsOfLane } from "../markings/markings-store.ts";
import { isPermitted } from "../permits/permits-store.ts";
import { readReview, type Review } from "../reviews/read-review.ts";
import { filesOfManifest, manifestsOfAlert } from "../seals/manifests-store.ts";
import type { Store } from "../store/open-store.ts";

/** Everything that is asked of a clue before it may leave, as it stands now. */
export function readTransferQuestion(
	store: Store,
	alert: AlertAnswer,
	receiverKind: ReceiverKind | null,
): { readonly question: TransferQuestion; readonly review: Review } {
	const review = readReview(store, alert.id);
	const plate = review.confirmation?.plate ?? null;
	const kinds = markingsOfLane(store, alert.laneId).map(({ kind }) => kind);
	const question: TransferQuestion = {
		...{ review: reviewState(review.now), isSaidFalse: alert.falseAlarm !== null, cause: alert.cause, plate },
		isExempt: isExempt(store, alert, plate?.text ?? null),
		evidence: alert.evidenceSet && evidenceOf(alert, alert.evidenceSet),
		...readSeals(store, alert),
		markings: { marking: kinds.includes("marking"), sign: kinds.includes("sign") },
		isTransferred: review.now.isTransferred,
		roadClass: roadClassOf(store, alert),
		receiverKind,
	};
	return { question, review };
}

/** As it is written on the evidence; where that does not say, as the lane is now. */
export function roadClassOf(store: Store, { evidenceSet, laneId }: AlertAnswer): RoadClass {
	if (evidenceSet?.place) return evidenceSet.place.roadClass;
	const known = store.prepare("SELECT road_class FROM zones WHERE lane_id = ?").pluck().get(laneId);
	return (known as RoadClass | null | undefined) ?? defaultRoadClass;
}

/** What the reader took for an exempt plate counts as long as no person read another. */
function isExempt(
	store: Store,
	{ evidenceSet, laneId, enteredAt, raisedAt }: AlertAnswer,
	text: string | null,
): boolean {
	const read = evidenceSet?.plate ?? null;
	if (read?.exemption && (text === null || text === read.text)) return true;
	return text !== null && isPermitted(store, { laneId, plate: text, from: enteredAt, until: raisedAt });
}

function evidenceOf(
	{ cause }: AlertAnswer,
	{ items, stillness, clock }: EvidenceSetBody,
): TransferQuestion["evidence"] {
	const photo = (kind: string): ProvingPhoto | null => {
		const item = items.find((each) => each.kind === kind && each.state === "taken");
		return item && item.capturedAt !== null ? { capturedAt: item.capturedAt } : null;
	};
	return {
		first: photo(cause === "vehicle" ? "panorama_entry" : "reference"),
		second: photo("panorama_confirmed"),
		stoodStill: stillness?.stoodStill ?? null,
		clock: clockVerdict(clock),
	};
}

/** What was taken or sealed must be here, unless it is known to be lost, and what is here must be sealed. */
function readSeals(
	store: Store,
	{ id, evidence, evidenceSet }: AlertAnswer,
): { notArrived: number; notSealed: number } {
	const sealed = new Set(
		manifestsOfAlert(store, id, edgeOfAlert(store, id) ?? "").flatMap((manifest) =>
			filesOfManifest(store, manifest).map(({ evidenceId }) => evidenceId),
		),
	);
	const items = evidenceSet?.items ?? [];
	const here = new Set(evidence.map((each) => each.id));
	const lost = new Set(items.filter((item) => item.state === "missing" && !here.has(item.id)).map((item) => item.id));
	const taken = items
		.filter(({ state }) => state === "taken")
		.flatMap((item) => (item.overlay ? [item.id, item.overlay.id] : [item.id]));
	const expected = new Set([...taken, ...sealed].filter((each) => !lost.has(each)));
	return {
		notArrived: [...expected].filter((each) => !here.has(each) && !findEvidence(store, each)).length,
		notSealed: evidence.length === 0 ? 1 : evidence.filter((each) => !sealed.has(each.id)).length,
	};
}

import type { TransferRefusal } from "#core/transfer/transfer-words.ts";

/** For whoever calls the API; the page has its own words. */
export const refusalSentences: Readonly<Record<TransferRefusal, string>> = {
	not_approved: "It is not confirmed by one person and approved by another.",
	said_false_alarm: "Somebody says that the alert is false.",
	exempt: "The vehicle may stand there: it is on duty, or has a permit.",
	plate_not_confirmed: "Nobody has confirmed the plate.",
	no_evidence_set: "The edge does not tell what the alert has of evidence.",
	first_photo_missing: "The first photo (at entry; of goods the empty lane before) is missing.",
	second_photo_missing: "The second photo (at confirmation) is missing.",
	interval_too_short: "Less than 10 s lie between the two photos.",
	moved: "The vehicle moved between the two photos.",
	stillness_unknown: "Nobody can tell whether the vehicle moved between the two photos.",
	evidence_not_arrived: "Evidence that was taken has not arrived here yet.",
	evidence_not_sealed: "Evidence is not sealed by its edge.",
	clock_off: "The clock of the edge was off by more than 1 s.",
	clock_unknown: "Nobody can tell how right the clock of the edge was.",
	marking_missing: "There is no photo of the lane's published marking.",
	sign_missing: "There is no photo of the lane's sign.",
	already_transferred: "It is transferred already.",
	receiver_of_other_law: "This authority does not act by the law of this lane.",
};

import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { PlateProposal, ReviewAnswer, ReviewStepAnswer } from "#contract/reviews-api.ts";
import { refusalToSay, refusalToTakeBack, type Reviewer, type ReviewNow, reviewState } from "#core/review/next-step.ts";
import { may } from "#core/roles/role-table.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import type { Store } from "../store/open-store.ts";
import { isOutAtAuthority } from "../transfers/transfers-store.ts";
import { holdingStep, type ReviewStepRow, reviewStepsOf } from "./reviews-store.ts";

/** A review as it stands. */
export interface Review {
	readonly rows: readonly ReviewStepRow[];
	readonly confirmation: ReviewStepRow | null;
	readonly approval: ReviewStepRow | null;
	/** The same, for the rules. */
	readonly now: ReviewNow;
}

export function readReview(store: Store, alertId: string): Review {
	const rows = reviewStepsOf(store, alertId);
	const [confirmation, approval] = [holdingStep(rows, "confirmation"), holdingStep(rows, "approval")];
	const now = {
		confirmation: said(confirmation),
		approval: said(approval),
		isTransferred: isOutAtAuthority(store, alertId),
	};
	return { rows, confirmation, approval, now };
}

export const reviewerOf = ({ user }: SignedIn): Reviewer => ({
	id: user.id,
	mayConfirm: may(user.role, "confirm"),
	mayApprove: may(user.role, "approve"),
	isAdmin: may(user.role, "administer"),
});

export function reviewAnswerOf(store: Store, alert: AlertAnswer, signedIn: SignedIn): ReviewAnswer {
	const { rows, confirmation, approval, now } = readReview(store, alert.id);
	const reviewer = reviewerOf(signedIn);
	return {
		alertId: alert.id,
		state: reviewState(now),
		confirmation: confirmation && answerOf(confirmation),
		approval: approval && answerOf(approval),
		steps: rows.map(answerOf),
		needsPlate: alert.cause === "vehicle",
		proposal: alert.cause === "vehicle" ? proposalOf(alert) : null,
		may: {
			confirm: refusalToSay(now, "confirmation", reviewer),
			approve: refusalToSay(now, "approval", reviewer),
			takeBackConfirmation: refusalToTakeBack(now, "confirmation", reviewer),
			takeBackApproval: refusalToTakeBack(now, "approval", reviewer),
		},
	};
}

function proposalOf({ evidenceSet }: AlertAnswer): PlateProposal | null {
	const plate = evidenceSet?.plate;
	if (!plate || plate.text === null) return null;
	const { text, colour, confidence, characters } = plate;
	return { text, colour, confidence, characters };
}

const said = (row: ReviewStepRow | null) => row && { by: row.userId, verdict: row.verdict };

function answerOf(row: ReviewStepRow): ReviewStepAnswer {
	const { id, step, verdict, reason, note, plate, by, at, takenBack } = row;
	return { id, step, verdict, reason, note, plate, by, at, takenBack };
}

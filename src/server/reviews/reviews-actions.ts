import { randomUUID } from "node:crypto";
import type { ApprovalBody, ConfirmationBody, ReviewAnswer, ReviewStepAnswer } from "#contract/reviews-api.ts";
import { refusalToSay, refusalToTakeBack, type StepRefusal } from "#core/review/next-step.ts";
import type { ReviewStep } from "#core/review/review-words.ts";
import { plateClassOf } from "#core/plates/plate-text.ts";
import { canonicalJson } from "#core/evidence/canonical-json.ts";
import { sha256Of } from "#platform/digest.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { refuseForeign, requireAlert } from "../alerts/alerts-actions.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { readReview, type Review, reviewAnswerOf, reviewerOf } from "./read-review.ts";
import { insertReviewStep, type ReviewStepRow, type SaltedPlate, setTakenBack } from "./reviews-store.ts";

type ReviewParts = Pick<ServerParts, "store" | "feed" | "now">;

/** @throws ApiError 400 for a plate where none belongs; 404; 409 with `first` where somebody was first */
export function confirmAlert(
	parts: ReviewParts,
	alertId: string,
	{ plate, ...body }: ConfirmationBody,
	signedIn: SignedIn,
): ReviewAnswer {
	const { cause } = requireAlert(parts.store, alertId);
	if (plate && (cause !== "vehicle" || body.verdict !== "true")) {
		throw badInput({ path: "plate", message: "goes with a vehicle that is confirmed as true" });
	}
	const read = plate && { ...plate, plateClass: plateClassOf(plate.text, plate.colour) };
	return sayStep(parts, alertId, signedIn, { step: "confirmation", ...body, plate: read });
}

/** @throws ApiError 403 same_person; 404; 409: see `stepRefusals`, and `changed` */
export function approveAlert(
	parts: ReviewParts,
	alertId: string,
	{ confirmationId, ...body }: ApprovalBody,
	signedIn: SignedIn,
): ReviewAnswer {
	return sayStep(parts, alertId, signedIn, { step: "approval", ...body, plate: null }, ({ confirmation }) => {
		if (confirmation?.id === confirmationId) return;
		throw new ApiError(409, "changed", "What was confirmed has changed since it was looked at.");
	});
}

type Said = Pick<ReviewStepAnswer, "step" | "verdict" | "reason" | "note" | "plate">;

function sayStep(
	parts: ReviewParts,
	alertId: string,
	signedIn: SignedIn,
	said: Said,
	check: (review: Review) => void = () => {},
): ReviewAnswer {
	const { store, feed, now } = parts;
	const { user } = signedIn;
	return store.transaction(() => {
		const alert = requireAlert(store, alertId);
		refuseForeign(store, alertId);
		const review = readReview(store, alertId);
		const before = review[said.step];
		if (before && before.userId === user.id && isSame(before, said)) return reviewAnswerOf(store, alert, signedIn);
		const refusal = refusalToSay(review.now, said.step, reviewerOf(signedIn));
		if (refusal) throw refused(refusal, before);
		check(review);
		const at = now();
		const { step, verdict, reason, note } = said;
		const plate = said.plate && { ...said.plate, salt: randomUUID() };
		const ledgerSeq = appendToLedger(store, {
			...{ at, who: { kind: "user", id: user.id }, what: "reviewed", on: { kind: "alert", id: alertId }, alertId },
			detail: { step, verdict, reason, note, plate: plate && commitmentTo(plate) },
		});
		insertReviewStep(store, { ...said, plate, alertId, userId: user.id, at, ledgerSeq });
		feed.append("alert", alertId, at);
		return reviewAnswerOf(store, alert, signedIn);
	})();
}

/** @throws ApiError 403 not_yours; 404; 409 nothing_said, followed, transferred */
export function takeBackStep(parts: ReviewParts, alertId: string, step: ReviewStep, signedIn: SignedIn): ReviewAnswer {
	const { store, feed, now } = parts;
	return store.transaction(() => {
		const alert = requireAlert(store, alertId);
		const review = readReview(store, alertId);
		const refusal = refusalToTakeBack(review.now, step, reviewerOf(signedIn));
		const row = review[step];
		if (refusal || !row) throw refused(refusal ?? "nothing_said", refusal === "followed" ? review.approval : row);
		const at = now();
		const { id: userId } = signedIn.user;
		appendToLedger(store, {
			...{ at, who: { kind: "user", id: userId }, what: "review_taken_back", on: { kind: "alert", id: alertId } },
			...{ alertId, detail: { step, verdict: row.verdict, saidBy: row.userId, saidAt: row.at } },
		});
		setTakenBack(store, row.id, { userId, at });
		feed.append("alert", alertId, at);
		return reviewAnswerOf(store, alert, signedIn);
	})();
}

/**
 * The ledger keeps no plate, since nothing is ever deleted from it, but proves which one it was: while the row is there,
 * plate and salt give this hash; once they are deleted nobody can guess them from it.
 */
const commitmentTo = (plate: SaltedPlate) => ({ sha256: sha256Of(canonicalJson({ ...plate })) });

const isSame = (row: ReviewStepRow, said: Said) =>
	row.verdict === said.verdict &&
	row.reason === said.reason &&
	row.note === said.note &&
	row.plate?.text === said.plate?.text &&
	row.plate?.colour === said.plate?.colour;

const sentences: Readonly<Record<StepRefusal, string>> = {
	already_said: "Somebody made this step already.",
	not_allowed: "Your role does not make this step.",
	not_confirmed: "There is nothing to approve: nobody confirmed this alert as true.",
	same_person: "Who confirmed an alert does not approve it: another person must.",
	nothing_said: "There is nothing to take back.",
	not_yours: "Only who said it, or an administrator, can take it back.",
	followed: "The next step was made since: take that one back first.",
	transferred: "It was transferred: what was said of it stays.",
};

function refused(refusal: StepRefusal, row: ReviewStepRow | null): ApiError {
	const isForbidden = refusal === "not_allowed" || refusal === "same_person" || refusal === "not_yours";
	const tellsWho = row && (refusal === "already_said" || refusal === "followed");
	const first = tellsWho ? { first: { by: row.by, at: row.at } } : {};
	return new ApiError(isForbidden ? 403 : 409, refusal, sentences[refusal], first);
}

import type { ReviewState, ReviewStep, ReviewVerdict } from "./review-words.ts";

/** A step that holds: said, and not taken back since. */
export interface SaidStep {
	/** Who said it, by id. */
	readonly by: string;
	readonly verdict: ReviewVerdict;
}

export interface ReviewNow {
	readonly confirmation: SaidStep | null;
	readonly approval: SaidStep | null;
	/** It left for an authority, which has not returned it. */
	readonly isTransferred: boolean;
}

export interface Reviewer {
	readonly id: string;
	readonly mayConfirm: boolean;
	readonly mayApprove: boolean;
	/** An administrator, who can take back what others said. */
	readonly isAdmin: boolean;
}

export const stepRefusals = [
	"already_said", // somebody was first; who said it oneself takes it back before saying something else
	"not_allowed", // the step is not one of this role
	"not_confirmed", // there is nothing to approve: nobody confirmed it as true
	"same_person", // who confirmed does not approve
	"nothing_said", // nothing to take back
	"not_yours", // taken back by who said it, or by an administrator
	"followed", // the next step was made since: that one is taken back first
	"transferred",
] as const;
export type StepRefusal = (typeof stepRefusals)[number];

export function reviewState({ confirmation, approval }: Pick<ReviewNow, "confirmation" | "approval">): ReviewState {
	if (!confirmation) return "none";
	if (confirmation.verdict !== "true") return confirmation.verdict;
	if (!approval) return "confirmed";
	return approval.verdict === "true" ? "approved" : "rejected";
}

/** Why this person may not make this step now; null: may. */
export function refusalToSay(now: ReviewNow, step: ReviewStep, reviewer: Reviewer): StepRefusal | null {
	if (step === "confirmation" ? !reviewer.mayConfirm : !reviewer.mayApprove) return "not_allowed";
	if (step === "confirmation") return now.confirmation ? "already_said" : null;
	if (now.approval) return "already_said";
	if (now.confirmation?.verdict !== "true") return "not_confirmed";
	return now.confirmation.by === reviewer.id ? "same_person" : null;
}

/** Why this person may not take this step back now; null: may. */
export function refusalToTakeBack(now: ReviewNow, step: ReviewStep, reviewer: Reviewer): StepRefusal | null {
	const said = now[step];
	if (!said) return "nothing_said";
	if (now.isTransferred) return "transferred";
	if (step === "confirmation" && now.approval) return "followed";
	return said.by === reviewer.id || reviewer.isAdmin ? null : "not_yours";
}

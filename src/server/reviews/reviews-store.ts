import type { ReviewStepAnswer } from "#contract/reviews-api.ts";
import type { ReviewStep } from "#core/review/review-words.ts";
import type { Store } from "../store/open-store.ts";

export interface ReviewStepRow extends ReviewStepAnswer {
	/** Who said it, by id. */
	readonly userId: string;
}

interface Row extends Omit<ReviewStepRow, "plate" | "takenBack"> {
	readonly plate: string | null;
	readonly takenBackBy: string | null;
	readonly takenBackAt: number | null;
}

/** All that were ever made of an alert, oldest first. */
export function reviewStepsOf(store: Store, alertId: string): readonly ReviewStepRow[] {
	return store
		.prepare<[string], Row>(
			`SELECT r.id, r.step, r.verdict, r.reason, r.note, r.plate, r.said_by AS userId, u.name AS by, r.said_at AS at,
				v.name AS takenBackBy, r.taken_back_at AS takenBackAt
			FROM review_steps r JOIN users u ON u.id = r.said_by LEFT JOIN users v ON v.id = r.taken_back_by
			WHERE r.alert_id = ? ORDER BY r.id`,
		)
		.all(alertId)
		.map(({ plate, takenBackBy, takenBackAt, ...row }) => ({
			...row,
			plate: plate === null ? null : plateOf(JSON.parse(plate) as SaltedPlate),
			takenBack: takenBackBy !== null && takenBackAt !== null ? { by: takenBackBy, at: takenBackAt } : null,
		}));
}

/** With what makes its hash in the ledger unguessable. */
export type SaltedPlate = NonNullable<ReviewStepAnswer["plate"]> & { readonly salt: string };

export interface NewReviewStep extends Pick<ReviewStepAnswer, "step" | "verdict" | "reason" | "note" | "at"> {
	readonly plate: SaltedPlate | null;
	readonly alertId: string;
	readonly userId: string;
	readonly ledgerSeq: number;
}

export function insertReviewStep(store: Store, { plate, ...row }: NewReviewStep): void {
	store
		.prepare(
			`INSERT INTO review_steps (alert_id, step, verdict, reason, note, plate, said_by, said_at, ledger_seq)
			VALUES (@alertId, @step, @verdict, @reason, @note, @plate, @userId, @at, @ledgerSeq)`,
		)
		.run({ ...row, plate: plate === null ? null : JSON.stringify(plate) });
}

export function setTakenBack(store: Store, id: number, { userId, at }: { userId: string; at: number }): void {
	store.prepare("UPDATE review_steps SET taken_back_by = ?, taken_back_at = ? WHERE id = ?").run(userId, at, id);
}

const plateOf = ({ text, plateClass, colour }: SaltedPlate) => ({ text, plateClass, colour });

/** The one that holds. */
export const holdingStep = (rows: readonly ReviewStepRow[], step: ReviewStep): ReviewStepRow | null =>
	rows.find((row) => row.step === step && row.takenBack === null) ?? null;

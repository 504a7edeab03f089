import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { confirmedPlateBody, type ReviewAnswer } from "#contract/reviews-api.ts";
import { plateColours } from "#core/plates/grammar.ts";
import { reviewVerdicts, type ReviewVerdict } from "#core/review/review-words.ts";
import { confirmAlert } from "../../api/clues-api.ts";
import { Field } from "../../components/field.tsx";
import { reviewErrorText } from "./review-error-text.ts";
import { isWhole, type Verdict, VerdictFields } from "./verdict-fields.tsx";

const colours = [...plateColours, "unknown"] as const;

interface FormProps {
	readonly review: ReviewAnswer;
	readonly onReview: (review: ReviewAnswer) => void;
	/** Somebody else was faster. */
	readonly onStale: () => void;
}

/** The first step: true, false or rejected; of a vehicle its plate, as a person reads it. */
export function ConfirmForm({ review, onReview, onStale }: FormProps) {
	const { t } = useTranslation();
	const [said, setSaid] = useState<Verdict<ReviewVerdict>>({ verdict: null, reason: null, note: "" });
	const [text, setText] = useState(review.proposal?.text ?? "");
	const [colour, setColour] = useState<(typeof colours)[number]>(review.proposal?.colour ?? "blue");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const asksPlate = review.needsPlate && said.verdict === "true";
	const hasPlate = asksPlate && text.trim() !== "";
	const plate = hasPlate ? confirmedPlateBody.safeParse({ text, colour }) : null;
	const isWrong = plate !== null && !plate.success;

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || said.verdict === null || !isWhole(said) || isWrong) return;
		setBusy(true);
		setError(null);
		try {
			const { verdict, reason, note } = said;
			const read = plate?.data ?? null;
			onReview(await confirmAlert(review.alertId, { verdict, reason, note: note.trim() || null, plate: read }));
		} catch (failure) {
			setError(failure);
			setBusy(false);
			onStale();
		}
	}

	return (
		<form className="review-form" noValidate data-testid="confirm-form" onSubmit={(event) => void submit(event)}>
			<VerdictFields step="confirmation" verdicts={reviewVerdicts} value={said} tried={tried} onChange={setSaid}>
				{asksPlate && (
					<div className="plate-fields">
						<Field
							label={t("review.plate")}
							hint={t("review.plateHint")}
							error={isWrong ? t("review.plateWrong") : null}
						>
							{(tied) => (
								<input
									{...tied}
									name="confirmed-plate"
									className="plate-input"
									maxLength={20}
									autoComplete="off"
									spellCheck={false}
									value={text}
									onChange={(event) => setText(event.target.value)}
								/>
							)}
						</Field>
						<Field label={t("review.colour")}>
							{(tied) => (
								<select
									{...tied}
									name="plate-colour"
									value={colour}
									onChange={(event) => setColour(colours.find((each) => each === event.target.value) ?? "unknown")}
								>
									{colours.map((each) => (
										<option key={each} value={each}>
											{t(`review.colour_${each}`)}
										</option>
									))}
								</select>
							)}
						</Field>
					</div>
				)}
			</VerdictFields>
			<FormEnd error={error} busy={busy} action={t("review.confirm")} testId="confirm" />
		</form>
	);
}

interface FormEndProps {
	readonly error: unknown;
	readonly busy: boolean;
	readonly action: string;
	readonly testId: string;
}

export function FormEnd({ error, busy, action, testId }: FormEndProps) {
	const { t } = useTranslation();
	return (
		<>
			{error !== null && (
				<p role="alert" className="inline-error">
					{reviewErrorText(t, error)}
				</p>
			)}
			<div className="buttons">
				<button type="submit" className="button primary" disabled={busy} data-testid={testId}>
					{busy ? t("common.saving") : action}
				</button>
			</div>
		</>
	);
}

import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReviewAnswer } from "#contract/reviews-api.ts";
import { approveAlert } from "../../api/clues-api.ts";
import { FormEnd } from "./confirm-form.tsx";
import { isWhole, type Verdict, VerdictFields } from "./verdict-fields.tsx";

const verdicts = ["true", "rejected"] as const;

interface ApproveFormProps {
	readonly review: ReviewAnswer;
	readonly onReview: (review: ReviewAnswer) => void;
	readonly onStale: () => void;
}

/** The second step, of what was looked at: where the confirmation changed since, it is refused. */
export function ApproveForm({ review, onReview, onStale }: ApproveFormProps) {
	const { t } = useTranslation();
	const [said, setSaid] = useState<Verdict<(typeof verdicts)[number]>>({ verdict: null, reason: null, note: "" });
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const { confirmation, alertId } = review;

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || !confirmation || said.verdict === null || !isWhole(said)) return;
		setBusy(true);
		setError(null);
		try {
			const { verdict, reason, note } = said;
			const body = { confirmationId: confirmation.id, verdict, reason, note: note.trim() || null };
			onReview(await approveAlert(alertId, body));
		} catch (failure) {
			setError(failure);
			setBusy(false);
			onStale();
		}
	}

	return (
		<form className="review-form" noValidate data-testid="approve-form" onSubmit={(event) => void submit(event)}>
			<VerdictFields step="approval" verdicts={verdicts} value={said} tried={tried} onChange={setSaid} />
			<FormEnd error={error} busy={busy} action={t("review.approve")} testId="approve" />
		</form>
	);
}

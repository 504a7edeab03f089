import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ReviewAnswer, ReviewStepAnswer } from "#contract/reviews-api.ts";
import type { ReviewStep } from "#core/review/review-words.ts";
import { loadReview, takeBackStep } from "../../api/clues-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { onChanges } from "../../live/live-store.ts";
import { formatShort } from "../../time/format-time.ts";
import { ApproveForm } from "./approve-form.tsx";
import { ConfirmForm } from "./confirm-form.tsx";
import { PlateLetters } from "./plate-letters.tsx";
import { reviewErrorText } from "./review-error-text.ts";
import "./review.css";

/** Two steps by two people: what was said, by whom, and what may be done next. */
export function ReviewPanel({ alertId }: { readonly alertId: string }) {
	const { t } = useTranslation();
	const { value: review, error, reload, put } = useLoaded(`review ${alertId}`, (signal) => loadReview(alertId, signal));
	useEffect(
		() =>
			onChanges((changes) => {
				const told = changes.some(({ kind, value }) => kind === "alert" && value.id === alertId);
				if (changes.length === 0 || told) reload();
			}),
		[alertId, reload],
	);
	return (
		<section
			id="review"
			className="card clue-panel"
			aria-labelledby="review-title"
			data-testid="review"
			data-state={review?.state}
		>
			<div className="section-head">
				<h3 id="review-title">{t("review.title")}</h3>
				{review && <span className={`tag tag-${review.state}`}>{t(`review.state_${review.state}`)}</span>}
			</div>
			<p className="soft">{t("review.hint")}</p>
			<InlineError error={error} />
			{!review && error === null && <p className="loading">{t("app.loading")}</p>}
			{review && <Review review={review} onReview={put} onStale={reload} />}
		</section>
	);
}

interface ReviewProps {
	readonly review: ReviewAnswer;
	readonly onReview: (review: ReviewAnswer) => void;
	readonly onStale: () => void;
}

function Review({ review, onReview, onStale }: ReviewProps) {
	const { t } = useTranslation();
	const { may, confirmation, approval, steps } = review;
	const shared = { review, onReview, onStale };
	const gone = steps.filter(({ takenBack }) => takenBack !== null);
	return (
		<>
			{review.needsPlate && <PlateLetters review={review} />}
			<ol className="review-steps">
				<Step {...shared} step="confirmation" said={confirmation}>
					{may.confirm === null && <ConfirmForm key={steps.length} {...shared} />}
				</Step>
				<Step {...shared} step="approval" said={approval}>
					{may.approve === null ? (
						<ApproveForm key={confirmation?.id} {...shared} />
					) : (
						approval === null && <p className="soft">{t(`review.refused_${may.approve}`)}</p>
					)}
				</Step>
			</ol>
			{gone.length > 0 && (
				<details>
					<summary>{t("review.history", { count: steps.length })}</summary>
					<ul className="review-history">
						{steps.map((step) => (
							<li key={step.id}>
								<StepWords step={step} />
							</li>
						))}
					</ul>
				</details>
			)}
		</>
	);
}

interface StepProps extends ReviewProps {
	readonly step: ReviewStep;
	readonly said: ReviewStepAnswer | null;
	readonly children: ReactNode;
}

function Step({ review, step, said, onReview, onStale, children }: StepProps) {
	const { t } = useTranslation();
	const refusal = step === "confirmation" ? review.may.takeBackConfirmation : review.may.takeBackApproval;

	async function takeBack() {
		try {
			onReview(await takeBackStep(review.alertId, step));
		} catch (failure) {
			say(reviewErrorText(t, failure), "bad");
			onStale();
		}
	}

	return (
		<li data-testid={`step-${step}`} data-said={said !== null}>
			<h4>{t(`review.${step}`)}</h4>
			{said && (
				<div className="review-said">
					<StepWords step={said} />
					{refusal === null && (
						<button
							type="button"
							className="button small"
							aria-label={`${t("review.takeBack")}: ${t(`review.${step}`)}`}
							data-testid={`take-back-${step}`}
							onClick={() => void takeBack()}
						>
							<Icon name="undo" size={16} />
							{t("review.takeBack")}
						</button>
					)}
				</div>
			)}
			{children}
		</li>
	);
}

/** What was said, why, by whom and when; struck out where it was taken back. */
function StepWords({ step: said }: { readonly step: ReviewStepAnswer }) {
	const { t } = useTranslation();
	const { step, verdict, reason, note, plate, by, at, takenBack } = said;
	const time = (instant: number) => formatShort(instant, currentLanguage());
	const word =
		step === "approval"
			? t(verdict === "rejected" ? "review.approval_rejected" : "review.approval_true")
			: t(`review.confirmation_${verdict}`);
	const words = [word, plate?.text, reason && t(`review.reason_${reason}`), note].filter(Boolean).join(" · ");
	return (
		<p>
			<strong>{takenBack ? <s>{words}</s> : words}</strong>
			<span className="soft digits">{t("review.saidBy", { by, time: time(at) })}</span>
			{takenBack && (
				<span className="soft digits">{t("review.takenBack", { by: takenBack.by, time: time(takenBack.at) })}</span>
			)}
		</p>
	);
}

import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { TransferQuestionAnswer } from "#contract/transfers-api.ts";
import { loadTransferQuestion } from "../../api/clues-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { InlineError } from "../../components/inline-error.tsx";
import { onChanges } from "../../live/live-store.ts";
import { MissingList } from "./missing-list.tsx";
import { SendForm } from "./send-form.tsx";
import { TransferCard } from "./transfer-card.tsx";
import "../review/review.css";
import "./transfers.css";

/** What is missing before the clue may leave, where it went, and what came back. */
export function TransferPanel({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const { id, laneId } = alert;
	const { value, error, reload } = useLoaded(`transfer ${id}`, (signal) => loadTransferQuestion(id, signal));
	useEffect(
		() =>
			onChanges((changes) => {
				const told = changes.some(
					({ kind, value }) => (kind === "alert" && value.id === id) || (kind === "lane" && value.id === laneId),
				);
				if (changes.length === 0 || told) reload();
			}),
		[id, laneId, reload],
	);
	return (
		<section className="card clue-panel" aria-labelledby="transfer-title" data-testid="transfer-panel">
			<div className="section-head">
				<h3 id="transfer-title">{t("transfer.title")}</h3>
				<span className="tag">{t("transfer.clue")}</span>
			</div>
			<p className="soft">{t("transfer.hint")}</p>
			<InlineError error={error} />
			{!value && error === null && <p className="loading">{t("app.loading")}</p>}
			{value && <Question question={value} onChanged={reload} />}
		</section>
	);
}

function Question({
	question,
	onChanged,
}: {
	readonly question: TransferQuestionAnswer;
	readonly onChanged: () => void;
}) {
	const { missing, transfers, cameraId } = question;
	const isOut = transfers.some(({ state }) => state !== "returned");
	return (
		<>
			{transfers.map((transfer) => (
				<TransferCard key={transfer.number} transfer={transfer} onTransfer={onChanged} />
			))}
			{!isOut && missing.length > 0 && <MissingList missing={missing} cameraId={cameraId} />}
			{!isOut && missing.length === 0 && <SendForm question={question} onTransfer={onChanged} />}
		</>
	);
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TransferAnswer, TransferQuestionAnswer } from "#contract/transfers-api.ts";
import { account, may } from "../../account.ts";
import { transferAlert } from "../../api/clues-api.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { say } from "../../components/notices.tsx";
import { useObservable } from "../../observable.ts";

interface SendFormProps {
	readonly question: TransferQuestionAnswer;
	readonly onTransfer: (transfer: TransferAnswer) => void;
}

/** Nothing is missing: to whom, and asked back once, for it cannot be undone. */
export function SendForm({ question, onTransfer }: SendFormProps) {
	const { t } = useTranslation();
	const mayTransfer = may(useObservable(account), "transfer");
	const { receivers, alertId } = question;
	const [chosen, setChosen] = useState(receivers[0]?.id ?? "");
	const [note, setNote] = useState("");
	const [asked, setAsked] = useState(false);
	const receiver = receivers.find(({ id }) => id === chosen);

	async function send() {
		const made = await transferAlert(alertId, { receiver: chosen, note: note.trim() || null });
		say(t("transfer.sent", { number: made.number }));
		onTransfer(made);
	}

	return (
		<div className="review-form" data-testid="transfer-ready">
			<p className="inline-good">
				<Icon name="check" />
				<span>
					<strong>{t("transfer.ready")}</strong> {t("transfer.readyHint")}
				</span>
			</p>
			{!mayTransfer && <p className="soft">{t("transfer.onlySupervisor")}</p>}
			{mayTransfer && receivers.length === 0 && <p className="inline-note">{t("transfer.noReceivers")}</p>}
			{mayTransfer && receivers.length > 0 && (
				<>
					<Field label={t("transfer.receiver")}>
						{(tied) => (
							<select {...tied} name="receiver" value={chosen} onChange={({ target }) => setChosen(target.value)}>
								{receivers.map(({ id, name, kind }) => (
									<option key={id} value={id}>
										{name} · {t(`transfer.kind_${kind}`)}
									</option>
								))}
							</select>
						)}
					</Field>
					<Field label={t("transfer.note")}>
						{(tied) => (
							<input
								{...tied}
								name="transfer-note"
								maxLength={500}
								autoComplete="off"
								value={note}
								onChange={({ target }) => setNote(target.value)}
							/>
						)}
					</Field>
					<div className="buttons">
						<button type="button" className="button primary" data-testid="send-transfer" onClick={() => setAsked(true)}>
							<Icon name="out" />
							{t("transfer.send")}
						</button>
					</div>
				</>
			)}
			{asked && receiver && (
				<ConfirmDialog
					title={t("transfer.sendTitle", { receiver: receiver.name })}
					confirm={t("transfer.send")}
					testId="send-dialog"
					onConfirm={send}
					onClose={() => setAsked(false)}
				>
					{t("transfer.sendText")}
				</ConfirmDialog>
			)}
		</div>
	);
}

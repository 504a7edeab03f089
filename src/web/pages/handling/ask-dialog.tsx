import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { HandlingBody } from "#contract/handling-api.ts";
import { exemptReasons, falseAlarmReasons, type JudgementReason } from "#core/handling/handling-words.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { PersonField, type Receiver } from "./person-field.tsx";
import { useHandling } from "./use-handling.ts";

/** What is asked for before it is recorded. */
export type AskedKind = "dispatched" | "false_alarm" | "exempt" | "hazard" | "note" | "closed" | "reopened";

interface AskDialogProps {
	readonly alert: AlertAnswer;
	readonly kind: AskedKind;
	readonly onClose: () => void;
}

/** Asks for reason, note or person. What was typed stays where somebody else was first: the next try is by what is shown then. */
export function AskDialog({ alert, kind, onClose }: AskDialogProps) {
	const { t } = useTranslation();
	const { busy, problem, add } = useHandling();
	const reasons = kind === "false_alarm" ? falseAlarmReasons : kind === "exempt" ? exemptReasons : null;
	const [reason, setReason] = useState<JudgementReason | null>(reasons?.[0] ?? null);
	const [to, setTo] = useState<Receiver>(null);
	const [note, setNote] = useState("");
	const [tried, setTried] = useState(false);
	const text = note.trim();
	const noteMissing = text === "" && (reasons ? reason === "other" : kind !== "dispatched");
	const toMissing = kind === "dispatched" && to === null;
	const hint = kind === "hazard" || kind === "closed" ? t(`handling.hint_${kind}`) : t("handling.hint_other");

	async function save(event: SyntheticEvent) {
		event.preventDefault();
		setTried(true);
		if (noteMissing || toMissing) return;
		const body: Omit<HandlingBody, "seen"> = {
			kind,
			...(reason === null ? {} : { reason }),
			...(text === "" ? {} : { note: text }),
			...(to === null ? {} : { to }),
		};
		if (await add(alert, body)) onClose();
	}

	return (
		<Dialog title={t(`handling.ask_${kind}`)} onClose={onClose} testId="ask-handling">
			<p>{hint}</p>
			<form className="reason-form" noValidate onSubmit={(event) => void save(event)}>
				{reasons && (
					<Field label={t("handling.reason")}>
						{(tied) => (
							<select
								{...tied}
								name="reason"
								autoFocus
								value={reason ?? ""}
								onChange={(event) => setReason(event.target.value as JudgementReason)}
							>
								{reasons.map((each) => (
									<option key={each} value={each}>
										{t(`handling.reason_${each}`)}
									</option>
								))}
							</select>
						)}
					</Field>
				)}
				{kind === "dispatched" && (
					<PersonField onChange={setTo} error={tried && toMissing ? t("handling.giveMissing") : null} />
				)}
				<Field label={t("handling.note")} error={tried && noteMissing ? t("handling.noteMissing") : null}>
					{(tied) => (
						<textarea
							{...tied}
							name="note"
							rows={3}
							maxLength={500}
							autoFocus={!reasons && kind !== "dispatched"}
							value={note}
							onChange={(event) => setNote(event.target.value)}
						/>
					)}
				</Field>
				{problem !== null && (
					<p role="alert" className="inline-error" data-testid="handling-problem">
						{problem}
					</p>
				)}
				<div className="buttons">
					<button type="button" className="button" onClick={onClose}>
						{t("common.cancel")}
					</button>
					<button type="submit" className="button primary" disabled={busy} data-testid="handling-save">
						{busy ? t("common.saving") : t("handling.save")}
					</button>
				</div>
			</form>
		</Dialog>
	);
}

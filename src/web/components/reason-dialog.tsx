import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";

interface ReasonDialogProps {
	readonly title: string;
	readonly hint: string;
	/** An example of a reason. */
	readonly example?: string;
	readonly action: string;
	/** Throws what the dialog is to say; closes itself otherwise. */
	readonly onGiven: (reason: string) => Promise<void>;
	readonly wordsOf: (error: unknown) => string;
	readonly onClose: () => void;
	readonly children?: ReactNode;
}

/** Asks for the reason of a judgement that is recorded with one's name. */
export function ReasonDialog({ title, hint, example, action, onGiven, wordsOf, onClose, children }: ReasonDialogProps) {
	const { t } = useTranslation();
	const [reason, setReason] = useState("");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const missing = reason.trim() === "";

	async function give() {
		setTried(true);
		if (missing || busy) return;
		setBusy(true);
		setError(null);
		try {
			await onGiven(reason.trim());
			onClose();
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	return (
		<Dialog title={title} onClose={onClose} testId="reason-dialog">
			<p>{hint}</p>
			{children}
			<form
				className="reason-form"
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					void give();
				}}
			>
				<Field
					label={t("acceptance.reason")}
					hint={example}
					error={tried && missing ? t("acceptance.reasonMissing") : null}
				>
					{(tied) => (
						<input
							{...tied}
							name="reason"
							required
							autoFocus
							maxLength={200}
							autoComplete="off"
							value={reason}
							onChange={(event) => setReason(event.target.value)}
						/>
					)}
				</Field>
				{error !== null && (
					<p role="alert" className="inline-error">
						{wordsOf(error)}
					</p>
				)}
				<div className="buttons">
					<button type="button" className="button" onClick={onClose}>
						{t("common.cancel")}
					</button>
					<button type="submit" className="button primary" disabled={busy} data-testid="reason-given">
						{busy ? t("common.saving") : action}
					</button>
				</div>
			</form>
		</Dialog>
	);
}

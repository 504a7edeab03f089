import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog.tsx";
import { InlineError } from "./inline-error.tsx";

interface ConfirmDialogProps {
	readonly title: string;
	/** What it would do, for whoever is asked. */
	readonly children: ReactNode;
	/** The word on the button that does it. */
	readonly confirm: string;
	/** It ends something that works now. */
	readonly danger?: boolean;
	readonly testId: string;
	/** Rejected: the dialog stays and says why. */
	readonly onConfirm: () => Promise<void>;
	readonly onClose: () => void;
}

/** Asks back before something is done that is not easily undone. */
export function ConfirmDialog({
	title,
	children,
	confirm,
	danger = false,
	testId,
	onConfirm,
	onClose,
}: ConfirmDialogProps) {
	const { t } = useTranslation();
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);

	async function go() {
		setBusy(true);
		setError(null);
		try {
			await onConfirm();
			onClose();
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	return (
		<Dialog title={title} onClose={onClose} testId={testId}>
			<p>{children}</p>
			<InlineError error={error} />
			<div className="buttons buttons-end">
				<button type="button" className="button" onClick={onClose}>
					{t("common.cancel")}
				</button>
				<button
					type="button"
					className={danger ? "button danger primary" : "button primary"}
					disabled={busy}
					data-testid={`${testId}-confirm`}
					onClick={() => void go()}
				>
					{confirm}
				</button>
			</div>
		</Dialog>
	);
}

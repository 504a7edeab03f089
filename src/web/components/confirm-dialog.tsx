import { type ReactNode, useState } from "react";
import { Dialog } from "./dialog.tsx";
import { DialogButtons } from "./dialog-buttons.tsx";
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
			<DialogButtons
				go={confirm}
				busy={busy}
				testId={`${testId}-confirm`}
				danger={danger}
				onGo={() => void go()}
				onClose={onClose}
			/>
		</Dialog>
	);
}

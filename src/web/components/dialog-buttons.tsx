import { useTranslation } from "react-i18next";

interface DialogButtonsProps {
	/** The word on the button that does it. */
	readonly go: string;
	readonly busy?: boolean;
	readonly testId: string;
	/** It ends something that works now. */
	readonly danger?: boolean;
	/** Left out: the button sends the form that it stands in. */
	readonly onGo?: () => void;
	readonly onClose: () => void;
}

/** The last line of a dialog: leave it, or do it. */
export function DialogButtons({ go, busy = false, testId, danger = false, onGo, onClose }: DialogButtonsProps) {
	const { t } = useTranslation();
	return (
		<div className="buttons buttons-end">
			<button type="button" className="button" onClick={onClose}>
				{t("common.cancel")}
			</button>
			<button
				type={onGo ? "button" : "submit"}
				className={danger ? "button danger primary" : "button primary"}
				disabled={busy}
				data-testid={testId}
				onClick={onGo}
			>
				{go}
			</button>
		</div>
	);
}

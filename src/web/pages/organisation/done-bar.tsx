import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/icon.tsx";

interface DoneBarProps {
	readonly text: string | null;
	/** Null: it is not taken back from here. */
	readonly onUndo: (() => Promise<void>) | null;
}

/** What was just done, with the way back; a live region that is there from the beginning. */
export function DoneBar({ text, onUndo }: DoneBarProps) {
	const { t } = useTranslation();
	const [busy, setBusy] = useState(false);
	return (
		<div role="status" className="done-bar" data-testid="done">
			{text !== null && (
				<p className="inline-good">
					<Icon name="check" />
					<span>{text}</span>
					{onUndo && (
						<button
							type="button"
							className="button small"
							disabled={busy}
							data-testid="undo"
							onClick={() => {
								setBusy(true);
								void onUndo().finally(() => setBusy(false));
							}}
						>
							<Icon name="undo" size={16} />
							{t("common.undo")}
						</button>
					)}
				</p>
			)}
		</div>
	);
}

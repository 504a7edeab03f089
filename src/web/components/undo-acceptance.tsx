import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AcceptanceAnswer } from "#contract/acceptances.ts";
import { errorText } from "../api/error-text.ts";
import { undoAcceptance } from "../api/keepclear-api.ts";
import { IfMay } from "./if-may.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

interface UndoAcceptanceProps {
	readonly acceptance: AcceptanceAnswer;
	readonly onUndone: (acceptance: AcceptanceAnswer) => void;
}

/** The way back from "this belongs here", with a reason as the way there. */
export function UndoAcceptance({ acceptance, onUndone }: UndoAcceptanceProps) {
	const { t } = useTranslation();
	const [asking, setAsking] = useState(false);
	return (
		<IfMay right="handle">
			<button type="button" className="button small" data-testid="undo-acceptance" onClick={() => setAsking(true)}>
				{t("acceptance.undo")}
			</button>
			{asking && (
				<ReasonDialog
					title={t("acceptance.undo")}
					hint={t("acceptance.undoHint")}
					action={t("acceptance.undo")}
					onGiven={async (reason) => onUndone(await undoAcceptance(acceptance.id, { reason }))}
					wordsOf={(error) => errorText(t, error)}
					onClose={() => setAsking(false)}
				/>
			)}
		</IfMay>
	);
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { acceptAlert, loadAlert } from "../../api/keepclear-api.ts";
import { IfMay } from "../../components/if-may.tsx";
import { Icon } from "../../components/icon.tsx";
import { ReasonDialog } from "../../components/reason-dialog.tsx";
import { UndoAcceptance } from "../../components/undo-acceptance.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { takeChanges } from "../../live/live-store.ts";
import { formatClock, formatShort } from "../../time/format-time.ts";

interface AlertAcceptanceProps {
	readonly alert: AlertAnswer;
	readonly onAlert: (alert: AlertAnswer) => void;
}

/** "This belongs here", for piled goods: who judged so and why, and the way back. */
export function AlertAcceptance({ alert, onAlert }: AlertAcceptanceProps) {
	const { t } = useTranslation();
	const [asking, setAsking] = useState(false);
	const { acceptance } = alert;

	function take(changed: AlertAnswer) {
		takeChanges([{ kind: "alert", value: changed }]);
		onAlert(changed);
	}
	function wordsOf(error: unknown): string {
		if (!(error instanceof ApiError)) return errorText(t, error);
		if (error.code === "not_open") return t("acceptance.notOpen");
		const { first } = error;
		return first
			? t("alert.firstWas", { by: first.by, time: formatClock(first.at, currentLanguage()) })
			: errorText(t, error);
	}

	if (acceptance && !acceptance.undone) {
		return (
			<section className="word word-said" aria-label={t("acceptance.title")} data-testid="acceptance">
				<p>
					<Icon name="check" />
					<span>
						<strong>{t("acceptance.standing", { by: acceptance.by })}</strong>
						<span>{t("acceptance.saidReason", { reason: acceptance.reason })}</span>
						<span className="soft digits">{formatShort(acceptance.at, currentLanguage())}</span>
						{alert.state === "open" && <span className="word-waiting">{t("acceptance.waiting")}</span>}
					</span>
				</p>
				<UndoAcceptance acceptance={acceptance} onUndone={() => void loadAlert(alert.id).then(take, () => {})} />
			</section>
		);
	}
	if (!acceptance && alert.state !== "open") return null;
	return (
		<section className="word acceptance" aria-label={t("acceptance.title")} data-testid="acceptance">
			{acceptance?.undone && <UndoneNote undone={acceptance.undone} by={acceptance.by} />}
			{alert.state === "open" && (
				<IfMay right="handle">
					<button type="button" className="button" data-testid="accept" onClick={() => setAsking(true)}>
						<Icon name="check" />
						{t("acceptance.action")}
					</button>
					<p className="soft">{t("acceptance.actionHint")}</p>
				</IfMay>
			)}
			{asking && (
				<ReasonDialog
					title={t("acceptance.ask")}
					hint={t("acceptance.askHint")}
					example={t("acceptance.reasonHint")}
					action={t("acceptance.action")}
					onGiven={async (reason) => take(await acceptAlert(alert.id, { reason }))}
					wordsOf={wordsOf}
					onClose={() => setAsking(false)}
				/>
			)}
		</section>
	);
}

interface UndoneNoteProps {
	readonly undone: NonNullable<NonNullable<AlertAnswer["acceptance"]>["undone"]>;
	/** Who had judged. */
	readonly by: string;
}

function UndoneNote({ undone, by }: UndoneNoteProps) {
	const { t } = useTranslation();
	const time = formatShort(undone.at, currentLanguage());
	return (
		<p className="soft" data-testid="acceptance-undone">
			<s>{t("acceptance.standing", { by })}</s>{" "}
			{undone.reason === null
				? t("acceptance.undoneByView", { by: undone.by, time })
				: t("acceptance.undone", { by: undone.by, time, reason: undone.reason })}
		</p>
	);
}

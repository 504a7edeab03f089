import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer, AlertWord } from "#contract/alerts-api.ts";
import { errorText } from "../api/error-text.ts";
import { ApiError } from "../api/http.ts";
import { loadAlert, sayOfAlert, takeBackOfAlert } from "../api/keepclear-api.ts";
import { currentLanguage } from "../i18n/i18n.ts";
import { takeChanges } from "../live/live-store.ts";
import { formatClock } from "../time/format-time.ts";
import { say } from "./notices.tsx";

/** What each word is called in an alert. */
export const wordField = {
	acknowledged: "acknowledged",
	"false-alarm": "falseAlarm",
	"reported-cleared": "reportedCleared",
} as const satisfies Record<AlertWord, keyof AlertAnswer>;

export interface AlertWords {
	/** The word that is on its way to the server. */
	readonly busy: AlertWord | null;
	/** Says the word of the alert, or takes it back where it has been said. */
	readonly toggle: (alert: AlertAnswer, word: AlertWord) => Promise<void>;
}

/** "Seen by me", "false alarm", "cleared". The answer, and who was first where somebody was, reaches all of the page. */
export function useAlertWords(onAlert?: (alert: AlertAnswer) => void): AlertWords {
	const { t } = useTranslation();
	const [busy, setBusy] = useState<AlertWord | null>(null);

	function take(alert: AlertAnswer) {
		takeChanges([{ kind: "alert", value: alert }]);
		onAlert?.(alert);
	}

	async function toggle(alert: AlertAnswer, word: AlertWord): Promise<void> {
		if (busy) return;
		setBusy(word);
		try {
			const change = alert[wordField[word]] ? takeBackOfAlert : sayOfAlert;
			take(await change(alert.id, word));
		} catch (error) {
			if (!(error instanceof ApiError) || error.httpStatus !== 409) return say(errorText(t, error), "bad");
			const { first } = error;
			say(
				first
					? t("alert.firstWas", { by: first.by, time: formatClock(first.at, currentLanguage()) })
					: t("alert.conflict"),
				"bad",
			);
			await loadAlert(alert.id).then(take, () => {});
		} finally {
			setBusy(null);
		}
	}

	return { busy, toggle };
}

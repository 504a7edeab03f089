import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TFunction } from "i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { HandlingAnswer, HandlingBody } from "#contract/handling-api.ts";
import type { HandlingKind } from "#core/handling/handling-words.ts";
import { errorText } from "../../api/error-text.ts";
import { addToHandling } from "../../api/handling-api.ts";
import { ApiError } from "../../api/http.ts";
import { loadAlert } from "../../api/keepclear-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { takeChanges } from "../../live/live-store.ts";
import { formatClock } from "../../time/format-time.ts";

export interface HandlingWriter {
	readonly busy: boolean;
	/** Why the last one was not taken; null where it was. */
	readonly problem: string | null;
	/** Null where it was not taken: whoever typed something keeps it. */
	readonly add: (alert: AlertAnswer, body: Omit<HandlingBody, "seen">) => Promise<HandlingAnswer | null>;
}

/** Adds to the handling of an alert, by what this page last showed of it; where others were first it shows who and what. */
export function useHandling(): HandlingWriter {
	const { t } = useTranslation();
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);

	async function add(alert: AlertAnswer, body: Omit<HandlingBody, "seen">): Promise<HandlingAnswer | null> {
		if (busy) return null;
		setBusy(true);
		setProblem(null);
		try {
			return await addToHandling(alert.id, { ...body, seen: alert.handling.position });
		} catch (error) {
			setProblem(handlingErrorText(t, error));
			return null;
		} finally {
			setBusy(false);
			// Its newest state reaches all of the page, also what others did.
			await loadAlert(alert.id).then(
				(value) => takeChanges([{ kind: "alert", value }]),
				() => {},
			);
		}
	}
	return { busy, problem, add };
}

export function handlingErrorText(t: TFunction<"page">, error: unknown): string {
	if (!(error instanceof ApiError)) return errorText(t, error);
	switch (error.code) {
		case "changed_meanwhile":
			return t("handling.seenMeanwhile", {
				what: error.meanwhile
					.map(({ kind, by, at }) =>
						t("handling.someoneDid", {
							by,
							time: formatClock(at, currentLanguage()),
							what: t(`handling.kind_${kind as HandlingKind}`),
						}),
					)
					.join(currentLanguage() === "en" ? "; " : "；"),
			});
		case "not_now":
			return t("handling.notNow");
		case "followed":
			return t("handling.followed");
		case "not_yours":
			return t("handling.notYours");
		default:
			return errorText(t, error);
	}
}

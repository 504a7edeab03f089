import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { RetentionAnswer } from "#contract/retention-api.ts";
import { account, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { endHold, holdEvidence, loadRetention } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { ReasonDialog } from "../../components/reason-dialog.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useObservable } from "../../observable.ts";
import { formatInstant, formatShort } from "../../time/format-time.ts";

/** Until when an alert's evidence is kept, who had it kept for longer, and why. */
export function KeptUntil({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const {
		value: kept,
		error,
		reload,
		put,
	} = useLoaded(`retention ${alert.id}`, (signal) => loadRetention(alert.id, signal));
	useEffect(reload, [alert, reload]); // a review, a transfer or the clearance changes it
	const [asking, setAsking] = useState(false);
	const mayHold = may(useObservable(account), "approve");
	if (!kept) return <InlineError error={error} />;
	const { hold, deletedAt } = kept;
	const askProps = hold
		? { title: t("retention.end"), hint: t("retention.endHint"), action: t("retention.end") }
		: { title: t("retention.holdAsk"), hint: t("retention.holdHint"), action: t("retention.hold") };

	function wordsOf(failure: unknown): string {
		if (!(failure instanceof ApiError)) return errorText(t, failure);
		if (failure.code === "deleted") return t("retention.gone");
		return failure.first ? t("retention.alreadySaid", { by: failure.first.by }) : errorText(t, failure);
	}

	return (
		<section className="word kept-until" aria-labelledby="kept-title" data-testid="kept-until">
			<div>
				<h3 id="kept-title">{t("retention.title")}</h3>
				<p>
					<strong>{t(`retention.class_${kept.class}`)}</strong>
				</p>
				{hold ? (
					<p data-testid="held">
						<Icon name="check" /> {t("retention.held", { by: hold.by })}
						<br />
						{t("retention.heldReason", { reason: hold.reason })}{" "}
						<span className="soft digits">{formatShort(hold.at, currentLanguage())}</span>
					</p>
				) : (
					<p className="soft">{untilWords(kept)}</p>
				)}
			</div>
			{mayHold && deletedAt === null && (
				<button type="button" className="button small" data-testid="hold" onClick={() => setAsking(true)}>
					{hold ? t("retention.end") : t("retention.hold")}
				</button>
			)}
			{asking && (
				<ReasonDialog
					{...askProps}
					{...(hold ? {} : { example: t("retention.holdExample") })}
					onGiven={async (reason) => put(await (hold ? endHold : holdEvidence)(alert.id, { reason }))}
					wordsOf={wordsOf}
					onClose={() => setAsking(false)}
				/>
			)}
		</section>
	);

	function untilWords({ deletesAt, deletedAt: at }: RetentionAnswer): string {
		if (at !== null) return t("retention.deleted", { time: formatInstant(at, currentLanguage()) });
		if (deletesAt === null) return t("retention.whileOpen");
		return t("retention.until", { time: formatInstant(deletesAt, currentLanguage()) });
	}
}

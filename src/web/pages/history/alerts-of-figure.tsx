import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { HistoryAlert, HistoryAlertsQuery, HistoryQuery } from "#contract/history-api.ts";
import { errorText } from "../../api/error-text.ts";
import { loadHistoryAlerts, queryText } from "../../api/history-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Dialog } from "../../components/dialog.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { formatDuration } from "../../time/format-duration.ts";
import { formatInstant } from "../../time/format-time.ts";

/** Which alerts a figure is made of, beside the page's own filter. */
export interface Opened extends Partial<HistoryQuery> {
	readonly which: HistoryAlertsQuery["which"];
	readonly judgement?: HistoryAlertsQuery["judgement"];
}

interface AlertsOfFigureProps {
	readonly query: HistoryQuery;
	readonly opened: Opened;
	readonly onClose: () => void;
}

/** The alerts that a figure is made of, newest first, at the side. */
export function AlertsOfFigure({ query, opened, onClose }: AlertsOfFigureProps) {
	const { t } = useTranslation();
	const asked = { ...query, ...opened };
	const { value, error, loading, reload, put } = useLoaded(queryText({ ...asked }), (signal) =>
		loadHistoryAlerts(asked, signal),
	);
	const [fetching, setFetching] = useState(false);

	async function loadMore() {
		const last = value?.alerts.at(-1);
		if (!value || !last || fetching) return;
		setFetching(true);
		try {
			const next = await loadHistoryAlerts({ ...asked, after: `${last.enteredAt}.${last.id}` });
			put({ alerts: [...value.alerts, ...next.alerts], more: next.more });
		} catch (failure) {
			say(errorText(t, failure), "bad");
		} finally {
			setFetching(false);
		}
	}

	const title =
		opened.judgement === "false_alarm"
			? t("history.listFalse")
			: opened.which === "standing"
				? t("history.listStanding")
				: t("history.listEntered");
	return (
		<Dialog title={title} look="drawer" onClose={onClose} testId="figure-alerts">
			{loading && <p className="loading">{t("app.loading")}</p>}
			{error !== null && !value && <Failure title={t("history.listTitle")} error={error} onRetry={reload} />}
			{value?.alerts.length === 0 && <p className="soft">{t("history.listNone")}</p>}
			<ul className="history-alerts">
				{value?.alerts.map((alert) => (
					<AlertLine key={alert.id} alert={alert} />
				))}
			</ul>
			{value?.more && <LoadMore fetching={fetching} onMore={() => void loadMore()} />}
		</Dialog>
	);
}

function AlertLine({ alert }: { readonly alert: HistoryAlert }) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const { id, laneName, enteredAt, clearedAt, label, judgement } = alert;
	return (
		<li data-testid="figure-alert">
			<Link href={`/alerts/${id}`}>
				<strong>{laneName}</strong>
				<span className="digits">{formatInstant(enteredAt, language)}</span>
				<span className="soft">
					{labelWord(t, label)} ·{" "}
					{clearedAt === null
						? t("history.stillThere")
						: t("history.stood", { time: formatDuration(clearedAt - enteredAt, language) })}
				</span>
				{judgement !== "counts" && <span className="tag">{t(`history.judged_${judgement}`)}</span>}
			</Link>
		</li>
	);
}

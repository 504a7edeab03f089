import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { CompareAnswer, HistoryFigures } from "#contract/history-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import type { Opened } from "./alerts-of-figure.tsx";
import { durationOr, longTime, percent } from "./figures.ts";

interface FigureStripProps {
	readonly total: HistoryFigures;
	/** Null while it is being fetched or could not be. */
	readonly compared: CompareAnswer | null;
	readonly onOpen: (opened: Opened) => void;
}

interface Figure {
	readonly key: string;
	readonly title: string;
	readonly shown: (figures: HistoryFigures) => string;
	readonly more?: string;
	readonly opens?: Opened;
}

/** The figures of the whole filter, each beside what it was before and a year ago; each opens its alerts. */
export function FigureStrip({ total, compared, onOpen }: FigureStripProps) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const figures: readonly Figure[] = [
		{
			key: "availability",
			title: t("history.availability"),
			shown: (of) => percent(of.availability),
			opens: { which: "standing" },
		},
		{
			key: "occupied",
			title: t("history.occupied"),
			shown: (of) => longTime(of.occupiedMs, language),
			opens: { which: "standing" },
		},
		{ key: "unknown", title: t("history.unknown"), shown: (of) => longTime(of.unknownMs, language) },
		{ key: "alerts", title: t("history.alerts"), shown: (of) => String(of.alerts), opens: { which: "entered" } },
		{
			...{ key: "falseRate", title: t("history.falseRate"), shown: (of) => percent(of.falseAlarmRate) },
			...{ more: `${t("history.falseAlarms")} ${total.falseAlarms} · ${t("history.exempt")} ${total.exempt}` },
			opens: { which: "entered", judgement: "false_alarm" },
		},
		{
			...{ key: "acknowledge", title: `${t("history.acknowledge")} (${t("history.median")})` },
			shown: (of) => durationOr(of.acknowledge.medianMs, language),
			more: t("history.p90", { time: durationOr(total.acknowledge.p90Ms, language) }),
			opens: { which: "entered", judgement: "counts" },
		},
		{
			...{ key: "clear", title: `${t("history.clear")} (${t("history.median")})` },
			shown: (of) => durationOr(of.clear.medianMs, language),
			more: t("history.p90", { time: durationOr(total.clear.p90Ms, language) }),
			opens: { which: "entered", judgement: "counts" },
		},
	];
	return (
		<dl className="figure-strip">
			{figures.map(({ key, title, shown, more, opens }) => (
				<div key={key} className="card figure" data-testid={`figure-${key}`}>
					<dt>{title}</dt>
					<dd className="figure-value">
						{opens ? (
							<button
								type="button"
								className="link-button digits"
								title={t("history.open")}
								onClick={() => onOpen(opens)}
							>
								{shown(total)}
							</button>
						) : (
							<span className="digits">{shown(total)}</span>
						)}
					</dd>
					{more && <dd className="soft">{more}</dd>}
					{compared && (
						<dd className="soft digits">
							{t("history.before", { value: shown(compared.before.total) })}
							<br />
							{t("history.lastYear", { value: shown(compared.lastYear.total) })}
						</dd>
					)}
				</div>
			))}
			<div className="card figure" data-testid="figure-longest">
				<dt>{t("history.longest")}</dt>
				<dd className="figure-value">
					{total.longest ? (
						<Link href={`/alerts/${total.longest.alertId}`} className="digits">
							{longTime(total.longest.ms, language)}
						</Link>
					) : (
						"—"
					)}
				</dd>
			</div>
		</dl>
	);
}

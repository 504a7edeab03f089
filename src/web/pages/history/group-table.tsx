import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryGrouping, HistoryLine, HistoryQuery } from "#contract/history-api.ts";
import { loadHistoryLines, queryText } from "../../api/history-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Failure } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { durationOr, longTime, percent } from "./figures.ts";

interface GroupTableProps {
	readonly query: HistoryQuery;
	readonly grouping: HistoryGrouping;
	readonly onOpen: (narrowed: Partial<HistoryQuery>) => void;
}

const shownAtFirst = 24;

/** One line a place, hour, class …: a bar of its time, and its figures. Only the lines that are shown are fetched. */
export function GroupTable({ query, grouping, onOpen }: GroupTableProps) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const [all, setAll] = useState(false);
	const asked = { ...query, by: grouping, ...(all ? {} : { most: shownAtFirst }) };
	const { value, error, loading, reload } = useLoaded(queryText(asked), (signal) => loadHistoryLines(asked, signal));
	if (loading) return <p className="loading">{t("app.loading")}</p>;
	if (!value) return <Failure title={t("history.page")} error={error} onRetry={reload} />;
	const { lines, linesInAll } = value;
	const longest = Math.max(1, ...lines.map(({ occupiedMs }) => occupiedMs));
	return (
		<>
			<div className="table-scroll" tabIndex={0}>
				<table className="figures-table" data-testid="group-table">
					<thead>
						<tr>
							<th scope="col">{t(`history.by_${grouping}`)}</th>
							<th scope="col" className="bar-column">
								{t("history.occupied")}
							</th>
							<th scope="col">{t("history.availability")}</th>
							<th scope="col">{t("history.unknown")}</th>
							<th scope="col">{t("history.alerts")}</th>
							<th scope="col">{t("history.falseAlarms")}</th>
							<th scope="col">{t("history.acknowledge")}</th>
							<th scope="col">{t("history.clear")}</th>
						</tr>
					</thead>
					<tbody>
						{lines.map((line) => (
							<tr key={line.key}>
								<th scope="row">
									<button
										type="button"
										className="link-button"
										title={t("history.open")}
										onClick={() => onOpen(narrowedBy(grouping, line.key))}
									>
										<LineName line={line} grouping={grouping} />
									</button>
								</th>
								<td className="bar-column">
									<svg className="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
										<rect className="bar-ground" width="100" height="8" />
										<rect className="bar-occupied" width={(100 * line.occupiedMs) / longest} height="8" />
									</svg>
									<span className="digits">{longTime(line.occupiedMs, language)}</span>
								</td>
								<td>{percent(line.availability)}</td>
								<td>{longTime(line.unknownMs, language)}</td>
								<td>{line.alerts}</td>
								<td>{line.falseAlarms}</td>
								<td>{durationOr(line.acknowledge.medianMs, language)}</td>
								<td>{durationOr(line.clear.medianMs, language)}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{linesInAll > lines.length && (
				<p className="more">
					<button type="button" className="button" onClick={() => setAll(true)}>
						{t("history.showAll", { count: linesInAll })}
					</button>
				</p>
			)}
		</>
	);
}

function LineName({
	line: { key, name },
	grouping,
}: {
	readonly line: HistoryLine;
	readonly grouping: HistoryGrouping;
}) {
	const { t } = useTranslation();
	switch (grouping) {
		case "weekday":
			return t(`history.day_${Number(key) as 1 | 2 | 3 | 4 | 5 | 6 | 7}`);
		case "hour":
			return t("history.hour", { hour: key });
		case "label":
			return labelWord(t, key);
		case "cause":
			return t(`cause.${key as "vehicle" | "object"}`);
		case "street":
			return key === "unassigned" ? t("history.unassigned") : name;
		default:
			return name;
	}
}

function narrowedBy(grouping: HistoryGrouping, key: string): Partial<HistoryQuery> {
	const nowhere = { laneId: undefined, siteId: undefined, streetId: undefined };
	switch (grouping) {
		case "lane":
			return { ...nowhere, laneId: key };
		case "site":
			return { ...nowhere, siteId: key };
		case "street":
			return { ...nowhere, streetId: key };
		case "day":
			return { from: key, to: key };
		case "weekday":
			return { weekday: key };
		case "hour":
			return { hour: key };
		case "label":
			return { label: key, cause: undefined };
		case "cause":
			return { cause: key as "vehicle" | "object", label: undefined };
	}
}

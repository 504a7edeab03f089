import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryAnswer, HistoryGrouping, HistoryLine, HistoryQuery } from "#contract/history-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { durationOr, longTime, percent } from "./figures.ts";

interface GroupTableProps {
	readonly answer: HistoryAnswer;
	readonly grouping: HistoryGrouping;
	readonly onOpen: (narrowed: Partial<HistoryQuery>) => void;
}

const shownAtFirst = 24;

/** One line a place, hour, class …: a bar of its time, and its figures. */
export function GroupTable({ answer, grouping, onOpen }: GroupTableProps) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const [all, setAll] = useState(false);
	const lines = inOrder(answer.by[grouping] ?? [], grouping);
	const longest = Math.max(1, ...lines.map(({ occupiedMs }) => occupiedMs));
	const shown = all ? lines : lines.slice(0, shownAtFirst);
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
						{shown.map((line) => (
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
			{!all && lines.length > shownAtFirst && (
				<p className="more">
					<button type="button" className="button" onClick={() => setAll(true)}>
						{t("history.showAll", { count: lines.length })}
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

/** Where time has an order it is kept; otherwise what is occupied most comes first. */
function inOrder(lines: readonly HistoryLine[], grouping: HistoryGrouping): readonly HistoryLine[] {
	if (grouping === "weekday" || grouping === "hour") return lines;
	if (grouping === "day") return lines.toReversed();
	return lines.toSorted((a, b) => b.occupiedMs - a.occupiedMs || b.alerts - a.alerts);
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

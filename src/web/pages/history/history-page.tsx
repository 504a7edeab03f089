import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import type { HistoryGrouping, HistoryPlacesAnswer, HistoryQuery } from "#contract/history-api.ts";
import { compareHistory, historyTableUrl, loadHistory, loadHistoryPlaces, queryText } from "../../api/history-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { AlertsOfFigure, type Opened } from "./alerts-of-figure.tsx";
import { FigureStrip } from "./figure-strip.tsx";
import { GroupTable } from "./group-table.tsx";
import { HeatMap } from "./heat-map.tsx";
import { HistoryFilters } from "./history-filters.tsx";
import { queryOf } from "./history-view.ts";
import "./history.css";

const groupings = [
	"lane",
	"site",
	"street",
	"weekday",
	"hour",
	"day",
	"label",
	"cause",
] as const satisfies readonly HistoryGrouping[];

/** What is known of lanes over time; every figure opens the alerts that it is made of. */
export default function HistoryPage() {
	const { t } = useTranslation();
	const { value: places, error, loading, reload } = useLoaded("places", loadHistoryPlaces);
	return (
		<div className="page history-page" data-testid="history-page">
			<div className="page-head">
				<div>
					<h1>{t("history.page")}</h1>
					<p>{t("history.hint")}</p>
				</div>
			</div>
			{loading && <p className="loading">{t("app.loading")}</p>}
			{!loading && !places && <Failure title={t("history.page")} error={error} onRetry={reload} />}
			{places && <Filtered places={places} />}
		</div>
	);
}

function Filtered({ places }: { readonly places: HistoryPlacesAnswer }) {
	const [params, setParams] = useSearchParams();
	const query = queryOf(params, places.today);
	const grouping = groupings.find((each) => each === params.get("by")) ?? "lane";
	const show = (next: HistoryQuery, by: HistoryGrouping = grouping) =>
		setParams(queryText({ ...next, ...(by === "lane" ? {} : { by }) }), { replace: true });
	return (
		<>
			<HistoryFilters query={query} places={places} onQuery={show} />
			{query.from <= query.to && <Figures query={query} grouping={grouping} onGrouping={(by) => show(query, by)} />}
		</>
	);
}

interface FiguresProps {
	readonly query: HistoryQuery;
	readonly grouping: HistoryGrouping;
	readonly onGrouping: (grouping: HistoryGrouping) => void;
}

function Figures({ query, grouping, onGrouping }: FiguresProps) {
	const { t } = useTranslation();
	const [opened, setOpened] = useState<Opened | null>(null);
	const key = queryText(query);
	const { value, error, loading, reload } = useLoaded(key, (signal) => loadHistory(query, signal));
	const compared = useLoaded(`compare ${key}`, (signal) => compareHistory(query, signal));
	if (loading) return <p className="loading">{t("app.loading")}</p>;
	if (!value) return <Failure title={t("history.page")} error={error} onRetry={reload} />;
	const { total, cells } = value;
	if (total.occupiedMs + total.freeMs + total.unknownMs === 0 && total.alerts === 0)
		return <Message icon="clock" title={t("history.noneTitle")} hint={t("history.noneHint")} testId="history-none" />;
	const table = { ...query, of: grouping, language: currentLanguage() } as const;
	return (
		<>
			<FigureStrip total={total} compared={compared.value} onOpen={setOpened} />
			{compared.value && <ComparedWith {...compared.value} />}
			<section className="card history-part" aria-labelledby="heat-map-title">
				<h2 id="heat-map-title">{t("history.heatMap")}</h2>
				<p className="soft">{t("history.heatMapHint")}</p>
				<HeatMap
					cells={cells}
					onOpen={({ weekday, hour }) => setOpened({ which: "standing", weekday: String(weekday), hour: String(hour) })}
				/>
			</section>
			<section className="card history-part">
				<div className="history-part-head">
					<div className="wall-states" role="group" aria-label={t("history.by")}>
						{groupings.map((each) => (
							<button
								key={each}
								type="button"
								className="chip"
								aria-pressed={each === grouping}
								onClick={() => onGrouping(each)}
							>
								{t(`history.by_${each}`)}
							</button>
						))}
					</div>
					<div className="buttons">
						<a
							className="button small"
							download
							href={historyTableUrl({ ...table, format: "xlsx" })}
							data-testid="xlsx"
						>
							<Icon name="download" size={16} />
							{t("history.xlsx")}
						</a>
						<a className="button small" download href={historyTableUrl({ ...table, format: "csv" })}>
							<Icon name="download" size={16} />
							{t("history.csv")}
						</a>
						<a className="button small" download href={historyTableUrl({ ...table, of: "alert", format: "xlsx" })}>
							<Icon name="download" size={16} />
							{t("history.alertTable")}
						</a>
					</div>
				</div>
				<GroupTable
					key={grouping}
					query={query}
					grouping={grouping}
					onOpen={(narrowed) => setOpened({ ...narrowed, which: "entered" })}
				/>
			</section>
			{opened && <AlertsOfFigure query={query} opened={opened} onClose={() => setOpened(null)} />}
		</>
	);
}

interface Compared {
	readonly before: { readonly from: string; readonly to: string };
	readonly lastYear: { readonly from: string; readonly to: string };
}

function ComparedWith({ before, lastYear }: Compared) {
	const { t } = useTranslation();
	const text = ({ from, to }: Compared["before"]) => (from === to ? from : `${from} – ${to}`);
	return (
		<p className="soft digits history-compared">
			{t("history.comparedWith", { before: text(before), lastYear: text(lastYear) })}
		</p>
	);
}

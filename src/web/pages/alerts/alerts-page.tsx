import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { errorText } from "../../api/error-text.ts";
import { type AlertsFilter, loadAlerts } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { live, onChanges } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { PlaceChoices } from "../../filter/place-choices.tsx";
import { AlertRow } from "./alert-row.tsx";
import { FilteredAlerts } from "./filtered-alerts.tsx";
import { useAlertsFilter } from "./use-alerts-filter.ts";
import "./alerts.css";

const states = ["all", "open", "cleared"] as const;

/** Every alert, newest first. */
export default function AlertsPage() {
	const { t } = useTranslation();
	const chosen = useAlertsFilter();
	const { state, laneId, place, places, asked, isAsked } = chosen;
	return (
		<div className="page">
			<div className="page-head">
				<h1>{t("alert.history")}</h1>
				<div className="buttons">
					<div className="wall-states" role="group" aria-label={t("alert.filterState")}>
						{states.map((each) => (
							<button
								key={each}
								type="button"
								className="chip"
								aria-pressed={each === state}
								onClick={() => chosen.choose({ state: each === "all" ? "" : each })}
							>
								{t(`alert.${each}`)}
							</button>
						))}
					</div>
				</div>
			</div>
			<PlaceChoices places={places} filter={place} onFilter={chosen.choosePlace}>
				<LaneChoice value={laneId ?? ""} onChange={(lane) => chosen.choose({ lane })} />
			</PlaceChoices>
			<FilteredAlerts isAsked={isAsked} byLane={chosen.byLane} filtered={chosen.filtered} onOnly={chosen.onlyThese} />
			<AlertList
				key={JSON.stringify(asked)}
				filter={asked}
				isAsked={isAsked}
				filtered={chosen.filtered}
				onAll={() => chosen.onlyThese({})}
			/>
		</div>
	);
}

function LaneChoice({ value, onChange }: { readonly value: string; readonly onChange: (laneId: string) => void }) {
	const { t } = useTranslation();
	const lanes = useObservable(live, ({ picture }) => picture?.lanes);
	const sorted = useMemo(
		() => [...(lanes?.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name, "zh-CN")),
		[lanes],
	);
	return (
		<select
			className="lane-choice"
			aria-label={t("alert.filterLane")}
			value={value}
			onChange={(event) => onChange(event.target.value)}
		>
			<option value="">{t("alert.allLanes")}</option>
			{value !== "" && !lanes?.has(value) && <option value={value}>{value}</option>}
			{sorted.map(({ id, name }) => (
				<option key={id} value={id}>
					{name}
				</option>
			))}
		</select>
	);
}

interface AlertListProps {
	readonly filter: AlertsFilter;
	/** The same filter, for what the feed tells. */
	readonly isAsked: (alert: AlertAnswer) => boolean;
	readonly filtered: boolean;
	readonly onAll: () => void;
}

function AlertList({ filter, isAsked, filtered, onAll }: AlertListProps) {
	const { t } = useTranslation();
	const { value, error, loading, reload, put } = useLoaded("alerts", (signal) => loadAlerts(filter, signal));
	const [fetching, setFetching] = useState(false);
	useEffect(
		() =>
			onChanges((changes) => {
				if (changes.length === 0) return reload();
				if (!value) return;
				const changed = changes.filter(({ kind }) => kind === "alert").map((change) => change.value as AlertAnswer);
				if (changed.length > 0) put({ ...value, alerts: withChanged(value.alerts, changed, isAsked) });
			}),
		[value, isAsked, put, reload],
	);

	async function loadMore() {
		const last = value?.alerts.at(-1);
		if (!value || !last || fetching) return;
		setFetching(true);
		try {
			const next = await loadAlerts({ ...filter, before: last.raisedAt });
			put({ alerts: [...value.alerts, ...next.alerts], more: next.more });
		} catch (failure) {
			say(errorText(t, failure), "bad");
		} finally {
			setFetching(false);
		}
	}

	if (loading) return <p className="loading">{t("app.loading")}</p>;
	if (!value) return <Failure title={t("alert.history")} error={error} onRetry={reload} />;
	if (value.alerts.length === 0) {
		return (
			<Message
				icon="bell"
				title={filtered ? t("alert.noneFiltered") : t("alert.none")}
				{...(filtered ? {} : { hint: t("alert.noneHint") })}
			>
				{filtered && (
					<button type="button" className="button" onClick={onAll}>
						{t("wall.clearFilter")}
					</button>
				)}
			</Message>
		);
	}
	return (
		<>
			<ul className="alert-rows card" data-testid="alert-rows">
				{value.alerts.map((alert) => (
					<AlertRow key={alert.id} alert={alert} />
				))}
			</ul>
			{value.more && <LoadMore fetching={fetching} onMore={() => void loadMore()} />}
		</>
	);
}

/** The list with newer values of its alerts, and with those that are new and fit the filter, newest first. */
function withChanged(
	alerts: readonly AlertAnswer[],
	changed: readonly AlertAnswer[],
	fits: (alert: AlertAnswer) => boolean,
): AlertAnswer[] {
	const byId = new Map(alerts.map((alert) => [alert.id, alert]));
	for (const alert of changed) {
		const isNew = !byId.has(alert.id);
		// What is older than the last one shown comes with "load more".
		if (fits(alert) && (!isNew || alert.raisedAt >= (alerts.at(-1)?.raisedAt ?? 0))) byId.set(alert.id, alert);
		else byId.delete(alert.id);
	}
	return [...byId.values()].sort((a, b) => b.raisedAt - a.raisedAt);
}

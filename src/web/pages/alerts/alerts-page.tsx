import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { errorText } from "../../api/error-text.ts";
import { type AlertsFilter, loadAlerts } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { live, onChanges } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { AlertRow } from "./alert-row.tsx";
import "./alerts.css";

const states = ["all", "open", "cleared"] as const;

/** Every alert, newest first. */
export default function AlertsPage() {
	const { t } = useTranslation();
	const [query, setQuery] = useSearchParams();
	const laneId = query.get("lane") ?? undefined;
	const state = states.find((each) => each === query.get("state")) ?? "all";
	const choose = (change: { lane?: string; state?: string }) =>
		setQuery((before) => {
			const after = new URLSearchParams(before);
			for (const [name, value] of Object.entries(change)) {
				if (value === "" || value === "all") after.delete(name);
				else after.set(name, value);
			}
			return after;
		});
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
								onClick={() => choose({ state: each })}
							>
								{t(`alert.${each}`)}
							</button>
						))}
					</div>
					<LaneChoice value={laneId ?? ""} onChange={(lane) => choose({ lane })} />
				</div>
			</div>
			<AlertList key={`${state} ${laneId}`} filter={{ state, laneId }} />
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

function AlertList({ filter }: { readonly filter: Pick<AlertsFilter, "state" | "laneId"> }) {
	const { t } = useTranslation();
	const { value, error, loading, reload, put } = useLoaded("alerts", (signal) => loadAlerts(filter, signal));
	const [fetching, setFetching] = useState(false);
	useEffect(
		() =>
			onChanges((changes) => {
				if (changes.length === 0) return reload();
				if (!value) return;
				const changed = changes.filter(({ kind }) => kind === "alert").map((change) => change.value as AlertAnswer);
				if (changed.length > 0) put({ ...value, alerts: withChanged(value.alerts, changed, filter) });
			}),
		[value, filter, put, reload],
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
		const filtered = filter.state !== "all" || filter.laneId !== undefined;
		return (
			<Message
				icon="bell"
				title={filtered ? t("alert.noneFiltered") : t("alert.none")}
				{...(filtered ? {} : { hint: t("alert.noneHint") })}
			>
				{filtered && (
					<Link className="button" href="/alerts">
						{t("wall.clearFilter")}
					</Link>
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
	{ state, laneId }: Pick<AlertsFilter, "state" | "laneId">,
): AlertAnswer[] {
	const byId = new Map(alerts.map((alert) => [alert.id, alert]));
	for (const alert of changed) {
		const isNew = !byId.has(alert.id);
		const fits = (state === "all" || alert.state === state) && (laneId === undefined || alert.laneId === laneId);
		// What is older than the last one shown comes with "load more".
		if (fits && (!isNew || alert.raisedAt >= (alerts.at(-1)?.raisedAt ?? 0))) byId.set(alert.id, alert);
		else byId.delete(alert.id);
	}
	return [...byId.values()].sort((a, b) => b.raisedAt - a.raisedAt);
}

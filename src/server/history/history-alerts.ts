import type { HistoryAlert, HistoryAlertsAnswer, HistoryAlertsQuery } from "#contract/history-api.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { filterOf, type HistoryFilter, touches } from "./history-filter.ts";
import { listHistoryLanes } from "./history-lanes.ts";
import { bringUpToDate } from "./made-rows.ts";

type Row = Omit<HistoryAlert, "laneName" | "siteId">;

/** What a figure is made of, newest first. */
export function listHistoryAlerts(store: Store, query: HistoryAlertsQuery, sites: VisibleSites): HistoryAlertsAnswer {
	const filter = filterOf(query, siteTimeZone(store));
	bringUpToDate(store);
	const lanes = new Map(listHistoryLanes(store, query, sites).map((lane) => [lane.id, lane]));
	const found: HistoryAlert[] = [];
	for (const row of rowsOf(store, query, filter)) {
		const lane = lanes.get(row.laneId);
		if (!lane || !fits(row, query, filter)) continue;
		found.push({ ...row, laneName: lane.name, siteId: lane.siteId });
		if (found.length > query.limit) break;
	}
	return { alerts: found.slice(0, query.limit), more: found.length > query.limit };
}

function rowsOf(
	store: Store,
	{ which, judgement, label, cause, laneId, after }: HistoryAlertsQuery,
	{ period }: HistoryFilter,
): Iterable<Row> {
	const [enteredAt, ...id] = after?.split(".") ?? [];
	const conditions = [
		...(which === "entered" ? ["entered_at >= @from"] : ["(cleared_at IS NULL OR cleared_at > @from)"]),
		...(judgement === undefined ? [] : ["judgement = @judgement"]),
		...(which === "standing" ? ["judgement = 'counts'"] : []),
		...(label === undefined ? [] : ["label = @label"]),
		...(cause === undefined ? [] : ["cause = @cause"]),
		...(laneId === undefined ? [] : ["lane_id = @laneId"]),
		...(after === undefined ? [] : ["(entered_at, alert_id) < (@afterAt, @afterId)"]),
	];
	return store
		.prepare<[object], Row>(
			`SELECT alert_id AS id, lane_id AS laneId, entered_at AS enteredAt, raised_at AS raisedAt,
				cleared_at AS clearedAt, cause, label, judgement, acknowledge_ms AS acknowledgeMs, clear_ms AS clearMs
			FROM alert_figures WHERE entered_at < @to AND ${conditions.join(" AND ")}
			ORDER BY entered_at DESC, alert_id DESC`,
		)
		.iterate({
			...{ from: period.from, to: period.to, judgement, label, cause, laneId },
			...{ afterAt: Number(enteredAt ?? 0), afterId: id.join(".") },
		});
}

function fits({ enteredAt, clearedAt }: Row, { which }: HistoryAlertsQuery, filter: HistoryFilter): boolean {
	const to = which === "entered" ? enteredAt + 1 : (clearedAt ?? Number.MAX_SAFE_INTEGER);
	return touches(filter, { from: enteredAt, to });
}

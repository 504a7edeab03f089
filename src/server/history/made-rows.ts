import { hourStart } from "#core/history/local-hours.ts";
import { type LaneHourRow, rollUp } from "#core/history/roll-up.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { Store } from "../store/open-store.ts";
import { type AlertFacts, alertFactsOf, laneFactsOf } from "./history-facts.ts";
import { forgetRows } from "./lane-rows.ts";

export interface MadeRows {
	readonly hours: readonly LaneHourRow[];
	readonly alerts: readonly AlertFacts[];
}

/** What a lane's facts come to from an hour on. The same facts give the same rows, whenever they are asked. */
export function makeRows(store: Store, laneId: string, fromHour: number, timeZone: string): MadeRows {
	const alerts = alertFactsOf(store, laneId, fromHour);
	return {
		hours: rollUp(laneFactsOf(store, laneId, fromHour, alerts), timeZone, fromHour),
		alerts: alerts.filter(({ enteredAt }) => enteredAt >= fromHour),
	};
}

/** Makes anew what changes of facts have left behind. Cheap where nothing has changed; called before anybody reads. */
export function bringUpToDate(store: Store): void {
	const timeZone = siteTimeZone(store);
	store
		.transaction(() => {
			if (madeFor(store) !== timeZone) remakeAll(store, timeZone);
			const due = store
				.prepare<[], { laneId: string; fromAt: number }>("SELECT lane_id AS laneId, from_at AS fromAt FROM history_due")
				.all();
			for (const { laneId, fromAt } of due) remake(store, laneId, hourStart(timeZone, fromAt), timeZone);
		})
		.immediate();
}

/** Everything is made anew, from facts alone, at the next `bringUpToDate`. */
export function forgetMade(store: Store): void {
	store.exec(`DELETE FROM lane_hours; DELETE FROM alert_figures;
		INSERT OR REPLACE INTO history_due (lane_id, from_at)
			SELECT lane_id, 0 FROM alerts UNION SELECT id, 0 FROM lanes`);
}

function remake(store: Store, laneId: string, fromHour: number, timeZone: string): void {
	const { hours, alerts } = makeRows(store, laneId, fromHour, timeZone);
	store.prepare("DELETE FROM lane_hours WHERE lane_id = ? AND hour_at >= ?").run(laneId, fromHour);
	store.prepare("DELETE FROM alert_figures WHERE lane_id = ? AND entered_at >= ?").run(laneId, fromHour);
	const putHour = store.prepare("INSERT INTO lane_hours (lane_id, hour_at, occupied_ms, blind_ms) VALUES (?, ?, ?, ?)");
	for (const { hourAt, occupiedMs, blindMs } of hours) putHour.run(laneId, hourAt, occupiedMs, blindMs);
	const putAlert = store.prepare(
		`INSERT INTO alert_figures (lane_id, entered_at, alert_id, raised_at, cleared_at, cause, label, judgement,
			acknowledge_ms, clear_ms)
		VALUES (@laneId, @enteredAt, @id, @raisedAt, @clearedAt, @cause, @label, @judgement, @acknowledgeMs, @clearMs)`,
	);
	for (const alert of alerts) putAlert.run({ laneId, ...alert });
	forgetRows(store, laneId);
	stayDue(store, laneId, timeZone);
}

/** What stands there still, left after the edge last told, or lies in the hour of that, comes to more with the next message. */
function stayDue(store: Store, laneId: string, timeZone: string): void {
	store.prepare("DELETE FROM history_due WHERE lane_id = ?").run(laneId);
	const { until } = store
		.prepare<[string], { until: number | null }>("SELECT max(told_until) AS until FROM lane_watches WHERE lane_id = ?")
		.get(laneId) ?? { until: null };
	if (until === null) return;
	const fromAt = hourStart(timeZone, until);
	const more = store.prepare(
		`SELECT 1 FROM alert_figures WHERE lane_id = @laneId AND judgement = 'counts'
			AND (cleared_at IS NULL OR cleared_at > @until)
		UNION ALL SELECT 1 FROM lane_blind_hours WHERE lane_id = @laneId AND hour_at >= @fromAt LIMIT 1`,
	);
	if (more.get({ laneId, until, fromAt }) === undefined) return;
	store.prepare("INSERT INTO history_due (lane_id, from_at) VALUES (?, ?)").run(laneId, fromAt);
}

function remakeAll(store: Store, timeZone: string): void {
	forgetMade(store);
	store
		.prepare("INSERT OR REPLACE INTO settings (key, value) VALUES ('historyTimeZone', ?)")
		.run(JSON.stringify(timeZone));
}

function madeFor(store: Store): string | null {
	const row = store.prepare<[], { value: string }>("SELECT value FROM settings WHERE key = 'historyTimeZone'").get();
	return row ? (JSON.parse(row.value) as string) : null;
}

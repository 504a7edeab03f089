import type { Store } from "../store/open-store.ts";
import type { AlertFacts } from "./history-facts.ts";

/** What is kept of an alert for figures. */
export type AlertRow = Omit<AlertFacts, "raisedAt">;

/** What was made of one lane, in order of time. */
export interface LaneRows {
	/** Start of the hour, occupied ms, blind ms, one hour after the other. */
	readonly hours: Float64Array;
	readonly alerts: readonly AlertRow[];
}

/** Row by row out of the tables that `bringUpToDate` keeps. */
export function madeRowsReader(store: Store): (laneId: string) => LaneRows {
	const hours = store
		.prepare<[string], [number, number, number]>(
			"SELECT hour_at, occupied_ms, blind_ms FROM lane_hours WHERE lane_id = ? ORDER BY hour_at",
		)
		.raw();
	const alerts = store.prepare<[string], AlertRow>(
		`SELECT alert_id AS id, entered_at AS enteredAt, cleared_at AS clearedAt, cause, label, judgement,
			acknowledge_ms AS acknowledgeMs, clear_ms AS clearMs
		FROM alert_figures WHERE lane_id = ? ORDER BY entered_at, alert_id`,
	);
	return (laneId) => ({ hours: inOneRow(hours.all(laneId)), alerts: alerts.all(laneId) });
}

function inOneRow(rows: readonly (readonly [number, number, number])[]): Float64Array {
	const all = new Float64Array(3 * rows.length);
	for (const [index, row] of rows.entries()) all.set(row, 3 * index);
	return all;
}

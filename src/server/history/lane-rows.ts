import { setImmediate as letOthersIn } from "node:timers/promises";
import type { Judgement } from "#core/history/judgement.ts";
import type { Stretch } from "#core/history/stretches.ts";
import type { Store } from "../store/open-store.ts";

export interface AlertRow {
	readonly id: string;
	readonly enteredAt: number;
	readonly clearedAt: number | null;
	readonly cause: string;
	readonly label: string;
	readonly judgement: Judgement;
	readonly acknowledgeMs: number | null;
	readonly clearMs: number | null;
}

/** What was made of one lane, in order of time. */
export interface LaneRows {
	/** Start of the hour, occupied ms, blind ms, one hour after the other. */
	readonly hours: Float64Array;
	readonly alerts: readonly AlertRow[];
}

interface Memory {
	/** Changes when another process has written. */
	version: number;
	readonly lanes: Map<string, LaneRows>;
}
const memories = new WeakMap<Store, Memory>();

/**
 * Reads lanes out of memory once they were read: a year of 500 lanes is 200,000 rows, and to bring them over from SQLite
 * takes ten times as long as to add them up. Who makes rows anew says so with `forgetRows`.
 */
export function laneRowsReader(store: Store): (laneId: string) => LaneRows {
	const lanes = memoryOf(store);
	const hours = store
		.prepare<[string], [number, number, number]>(
			"SELECT hour_at, occupied_ms, blind_ms FROM lane_hours WHERE lane_id = ? ORDER BY hour_at",
		)
		.raw();
	const alerts = store.prepare<[string], AlertRow>(
		`SELECT alert_id AS id, entered_at AS enteredAt, cleared_at AS clearedAt, cause, label, judgement,
			acknowledge_ms AS acknowledgeMs, clear_ms AS clearMs
		FROM alert_figures WHERE lane_id = ? ORDER BY entered_at`,
	);
	return (laneId) => {
		const known = lanes.get(laneId);
		if (known) return known;
		const rows = { hours: inOneRow(hours.all(laneId)), alerts: alerts.all(laneId) };
		lanes.set(laneId, rows);
		return rows;
	};
}

/** After a start nothing is in memory: the first question would wait for all of it. Goes on between other work. */
export async function readRowsAhead(store: Store, signal: AbortSignal): Promise<void> {
	const laneIds = store.prepare<[], string>("SELECT DISTINCT lane_id FROM alert_figures").pluck().all();
	const read = laneRowsReader(store);
	for (const laneId of laneIds) {
		if (signal.aborted) return;
		read(laneId);
		await letOthersIn();
	}
}

export function forgetRows(store: Store, laneId: string): void {
	memories.get(store)?.lanes.delete(laneId);
}

/** As after a start. */
export function forgetRead(store: Store): void {
	memories.delete(store);
}

function inOneRow(rows: readonly (readonly [number, number, number])[]): Float64Array {
	const all = new Float64Array(3 * rows.length);
	for (const [index, row] of rows.entries()) all.set(row, 3 * index);
	return all;
}

function memoryOf(store: Store): Map<string, LaneRows> {
	const version = Number(store.pragma("data_version", { simple: true }));
	const known = memories.get(store);
	if (known?.version === version) return known.lanes;
	const lanes = new Map<string, LaneRows>();
	memories.set(store, { version, lanes });
	return lanes;
}

export function* alertsWithin(alerts: readonly AlertRow[], { from, to }: Stretch): Generator<AlertRow> {
	for (let i = firstFrom(alerts.length, (n) => (alerts[n] as AlertRow).enteredAt, from); i < alerts.length; i++) {
		const alert = alerts[i] as AlertRow;
		if (alert.enteredAt >= to) return;
		yield alert;
	}
}

function firstFrom(count: number, at: (index: number) => number, from: number): number {
	let [low, high] = [0, count];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (at(middle) >= from) high = middle;
		else low = middle + 1;
	}
	return low;
}

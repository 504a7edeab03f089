import { setImmediate as letOthersIn } from "node:timers/promises";
import type { Stretch } from "#core/history/stretches.ts";
import type { Store } from "../store/open-store.ts";
import { packReader } from "./lane-packs.ts";
import { type AlertRow, type LaneRows, madeRowsReader } from "./made-rows-reader.ts";

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
	const [packOf, rowsOf] = [packReader(store), madeRowsReader(store)];
	return (laneId) => {
		const known = lanes.get(laneId);
		if (known) return known;
		const rows = packOf(laneId) ?? rowsOf(laneId);
		lanes.set(laneId, rows);
		return rows;
	};
}

/** After a start nothing is in memory: the first question would wait for all of it. Goes on between other work. */
export async function readRowsAhead(store: Store, signal: AbortSignal): Promise<void> {
	const read = laneRowsReader(store);
	for (const laneId of store.prepare<[], string>("SELECT id FROM lanes").pluck().all()) {
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

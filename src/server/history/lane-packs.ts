import { setImmediate as letOthersIn } from "node:timers/promises";
import type { Store } from "../store/open-store.ts";
import { type AlertRow, type LaneRows, madeRowsReader } from "./made-rows-reader.ts";

/** One column after the other: half as many bytes as rows with their names, and read in a third of the time. */
type AlertColumns = { readonly [Name in keyof AlertRow]: readonly AlertRow[Name][] };

/**
 * Packs of lanes, as they lie in `lane_packs`. Triggers take a pack away as soon as a row of its lane changes, so that none
 * is ever older than its rows. They are made by housekeeping once an hour, not by who asks.
 */
export function packReader(store: Store): (laneId: string) => LaneRows | null {
	const packs = store
		.prepare<[string], [string, string]>("SELECT hours, alerts FROM lane_packs WHERE lane_id = ?")
		.raw();
	return (laneId) => {
		const pack = packs.get(laneId);
		return pack ? unpack(pack) : null;
	};
}

/** Packs what has none: all after an upgrade, then what changed since. Goes on between other work. */
export async function packLanes(store: Store, signal: AbortSignal): Promise<void> {
	const rowsOf = madeRowsReader(store);
	const put = store.prepare("INSERT OR REPLACE INTO lane_packs (lane_id, hours, alerts) VALUES (?, ?, ?)");
	const pack = store.transaction((laneId: string) => {
		const { hours, alerts } = rowsOf(laneId);
		put.run(laneId, JSON.stringify([...hours]), JSON.stringify(columnsOf(alerts)));
	});
	const loose = "SELECT id FROM lanes WHERE id NOT IN (SELECT lane_id FROM lane_packs)";
	for (const laneId of store.prepare<[], string>(loose).pluck().all()) {
		if (signal.aborted) return;
		pack.immediate(laneId);
		await letOthersIn();
	}
}

function unpack([hours, alerts]: readonly [string, string]): LaneRows {
	const { id, enteredAt, clearedAt, cause, label, judgement, acknowledgeMs, clearMs } = JSON.parse(
		alerts,
	) as AlertColumns;
	return {
		hours: new Float64Array(JSON.parse(hours) as number[]),
		alerts: id.map((each, n) => ({
			id: each,
			enteredAt: enteredAt[n] as number,
			clearedAt: clearedAt[n] as number | null,
			cause: cause[n] as string,
			label: label[n] as string,
			judgement: judgement[n] as AlertRow["judgement"],
			acknowledgeMs: acknowledgeMs[n] as number | null,
			clearMs: clearMs[n] as number | null,
		})),
	};
}

function columnsOf(alerts: readonly AlertRow[]): AlertColumns {
	return {
		id: alerts.map(({ id }) => id),
		enteredAt: alerts.map(({ enteredAt }) => enteredAt),
		clearedAt: alerts.map(({ clearedAt }) => clearedAt),
		cause: alerts.map(({ cause }) => cause),
		label: alerts.map(({ label }) => label),
		judgement: alerts.map(({ judgement }) => judgement),
		acknowledgeMs: alerts.map(({ acknowledgeMs }) => acknowledgeMs),
		clearMs: alerts.map(({ clearMs }) => clearMs),
	};
}

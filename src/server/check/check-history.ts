import { isDeepStrictEqual } from "node:util";
import { dayAt } from "#core/calendar/days.ts";
import { hourStart } from "#core/history/local-hours.ts";
import { packReader } from "../history/lane-packs.ts";
import { madeRowsReader } from "../history/made-rows-reader.ts";
import { makeRows } from "../history/made-rows.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import type { Store } from "../store/open-store.ts";

/** What was made of the facts is what they come to, as far as nothing waits to be made anew; hours and days of blind time agree. */
export function* brokenHistory(store: Store): Generator<string> {
	yield* brokenBlindTime(store);
	const row = store.prepare<[], { value: string }>("SELECT value FROM settings WHERE key = 'historyTimeZone'").get();
	const timeZone = siteTimeZone(store);
	if (!row || row.value !== JSON.stringify(timeZone)) return; // nothing was made yet, or it is made anew at the next start
	const dueOf = store.prepare<[string], number>("SELECT from_at FROM history_due WHERE lane_id = ?").pluck();
	const hours = store
		.prepare<[string, number], unknown[]>(
			"SELECT hour_at, occupied_ms, blind_ms FROM lane_hours WHERE lane_id = ? AND hour_at < ? ORDER BY hour_at",
		)
		.raw();
	const alerts = store
		.prepare<[string, number], unknown[]>(
			"SELECT alert_id, entered_at, raised_at, cleared_at, cause, label, judgement, acknowledge_ms, clear_ms FROM alert_figures WHERE lane_id = ? AND entered_at < ? ORDER BY entered_at, alert_id",
		)
		.raw();
	const [packOf, rowsOf] = [packReader(store), madeRowsReader(store)];
	for (const laneId of lanesOf(store)) {
		const due = dueOf.get(laneId);
		const until = due === undefined ? Number.MAX_SAFE_INTEGER : hourStart(timeZone, due);
		const made = makeRows(store, laneId, 0, timeZone);
		const wanted = made.hours
			.filter(({ hourAt }) => hourAt < until)
			.map(({ hourAt, occupiedMs, blindMs }) => [hourAt, occupiedMs, blindMs]);
		if (JSON.stringify(wanted) !== JSON.stringify(hours.all(laneId, until)))
			yield `history of lane ${laneId}: its hours are not what its alerts and blind time come to`;
		const figures = made.alerts
			.filter(({ enteredAt }) => enteredAt < until)
			.map((a) => [
				...[a.id, a.enteredAt, a.raisedAt, a.clearedAt, a.cause, a.label, a.judgement],
				...[a.acknowledgeMs, a.clearMs],
			]);
		if (JSON.stringify(figures) !== JSON.stringify(alerts.all(laneId, until)))
			yield `history of lane ${laneId}: its figures are not those of its alerts`;
		const pack = packOf(laneId);
		if (pack && !isDeepStrictEqual(pack, rowsOf(laneId)))
			yield `history of lane ${laneId}: its pack is not what its hours and figures are`;
	}
}

function* brokenBlindTime(store: Store): Generator<string> {
	if (store.prepare("SELECT 1 FROM settings WHERE key = 'blindDaysSpread'").get() === undefined) return;
	const timeZone = siteTimeZone(store);
	const byDay = new Map<string, number>();
	const add = (laneId: string, day: string, ms: number) =>
		byDay.set(`${laneId} ${day}`, (byDay.get(`${laneId} ${day}`) ?? 0) + ms);
	const hours = store
		.prepare<[], [string, number, number]>("SELECT lane_id, hour_at, blind_ms FROM lane_blind_hours")
		.raw();
	for (const [laneId, hourAt, ms] of hours.iterate()) add(laneId, dayAt(timeZone, hourAt), ms);
	const days = store.prepare<[], [string, string, number]>("SELECT lane_id, day, blind_ms FROM lane_blind_days").raw();
	for (const [laneId, day, ms] of days.iterate()) add(laneId, day, -ms);
	for (const [of, ms] of byDay)
		if (ms !== 0) yield `blind time of lane ${of.replace(" ", " on ")}: its hours are not its day (${ms} ms off)`;
}

const lanesOf = (store: Store) =>
	store
		.prepare<[], string>(
			"SELECT id FROM lanes UNION SELECT lane_id FROM alerts UNION SELECT lane_id FROM lane_hours UNION SELECT lane_id FROM alert_figures",
		)
		.pluck()
		.all();

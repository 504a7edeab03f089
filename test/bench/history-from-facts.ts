import { addDays, dayStart } from "#core/calendar/days.ts";
import { localHours } from "#core/history/local-hours.ts";
import { rollUp } from "#core/history/roll-up.ts";
import { common } from "#core/history/stretches.ts";
import { Tally } from "#core/history/tally.ts";
import { alertFactsOf, laneFactsOf } from "../../src/server/history/history-facts.ts";
import { listHistoryLanes } from "../../src/server/history/history-lanes.ts";
import { lifeIn } from "../../src/server/history/sum-up.ts";
import { everySite } from "../../src/server/scope/visible-sites.ts";
import type { Store } from "../../src/server/store/open-store.ts";

/** The baseline: total and heat map straight from alerts and blind hours, nothing made beforehand. Less than the route answers. */
export function fromFactsAlone(
	store: Store,
	{ from, to, timeZone, now }: { from: string; to: string; timeZone: string; now: number },
): { occupiedMs: number; freeMs: number; unknownMs: number; alerts: number } {
	const period = { from: dayStart(timeZone, from), to: dayStart(timeZone, addDays(to, 1)) };
	const tally = new Tally(localHours(timeZone, period.from, period.to), () => true);
	const sum = { occupiedMs: 0, freeMs: 0, unknownMs: 0, alerts: 0 };
	for (const lane of listHistoryLanes(store, {}, everySite)) {
		const alerts = alertFactsOf(store, lane.id, period.from);
		const facts = laneFactsOf(store, lane.id, period.from, alerts);
		const life = lifeIn(period, lane, now);
		const rows = rollUp(facts, timeZone, period.from);
		const time = tally.add({
			...{ life, watched: common(facts.watched, [life]) },
			hours: Float64Array.from(rows.flatMap(({ hourAt, occupiedMs, blindMs }) => [hourAt, occupiedMs, blindMs])),
		});
		sum.occupiedMs += time.occupiedMs;
		sum.freeMs += time.freeMs;
		sum.unknownMs += time.unknownMs;
		sum.alerts += alerts.filter(({ enteredAt }) => enteredAt >= period.from && enteredAt < period.to).length;
	}
	tally.cells();
	return sum;
}

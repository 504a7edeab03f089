import type { ChanceAnswer, ChanceQuery, DayKind, DrillPackAnswer } from "#contract/drill-packs-api.ts";
import type { LocalHour } from "#core/history/local-hours.ts";
import type { Store } from "../store/open-store.ts";
import { readCall } from "./read-call.ts";
import { chanceOf, pastOf, readPast } from "./read-past.ts";

/** 高发点位: so many alerts in 30 days. */
const repeatSpotAlerts = 3;

/** @throws ApiError 404 */
export function readPack(store: Store, siteId: string, now: number): DrillPackAnswer {
	const call = readCall(store, siteId, now);
	const past = readPast(store, siteId, now);
	const monthAgo = past.since(30);
	return {
		...{ call, timeZone: past.timeZone, today: past.today },
		ways: call.ways.map(({ way, laneIds }) => ({ way, past: pastOf(past, past.times(laneIds)) })),
		lanes: call.lanes.map(({ laneId }) => {
			const alerts30Days = past.alertsSince(laneId, monthAgo);
			const isRepeatSpot = alerts30Days >= repeatSpotAlerts;
			return { laneId, past: pastOf(past, past.times([laneId])), alerts30Days, isRepeatSpot };
		}),
	};
}

/** How likely ways and lanes are free at a chosen hour. @throws ApiError 404 */
export function readChance(store: Store, siteId: string, { days, hour, on }: ChanceQuery, now: number): ChanceAnswer {
	const { ways, lanes } = readCall(store, siteId, now);
	const past = readPast(store, siteId, now);
	const counts = (each: LocalHour) => each.hour === hour && isOfKind(each.weekday, on);
	const of = (laneIds: readonly string[]) => chanceOf(past, past.times(laneIds), Number(days), counts);
	return {
		ways: ways.map(({ way, laneIds }) => ({ way, chance: of(laneIds) })),
		lanes: lanes.map(({ laneId }) => ({ laneId, chance: of([laneId]) })),
	};
}

function isOfKind(weekday: number, on: DayKind): boolean {
	if (on === "all") return true;
	if (on === "workdays") return weekday <= 5;
	return on === "weekend" ? weekday > 5 : weekday === Number(on);
}

import type { HistoryGrouping, HistoryQuery } from "#contract/history-api.ts";
import { localHours, type LocalHour } from "#core/history/local-hours.ts";
import { common, merged, totalMs } from "#core/history/stretches.ts";
import { type AlertFacts, alertFactsOf, laneFactsOf } from "../../src/server/history/history-facts.ts";
import { filterOf } from "../../src/server/history/history-filter.ts";
import { type HistoryLane, listHistoryLanes } from "../../src/server/history/history-lanes.ts";
import { everySite } from "../../src/server/scope/visible-sites.ts";
import type { Store } from "../../src/server/store/open-store.ts";

export interface SlowSum {
	occupiedMs: number;
	freeMs: number;
	unknownMs: number;
	alerts: number;
	falseAlarms: number;
	exempt: number;
	longestMs: number;
	acknowledgeMs: number[];
	clearMs: number[];
}

export interface SlowHistory {
	readonly total: SlowSum;
	readonly cells: readonly SlowSum[];
	readonly lines: ReadonlyMap<string, SlowSum>;
}

/**
 * What history says, word for word as it is meant and as slowly: every hour of every lane is looked at by itself, straight from
 * alerts, watches and blind hours. Nothing made beforehand, nothing remembered.
 */
export function slowHistory(
	store: Store,
	query: HistoryQuery,
	{ by, timeZone, now }: { by: HistoryGrouping; timeZone: string; now: number },
): SlowHistory {
	const { period, counts, isOfKind } = filterOf(query, timeZone);
	const hours = localHours(timeZone, period.from, period.to).filter(counts);
	const total = nothing();
	const cells = Array.from({ length: 168 }, nothing);
	const lines = new Map<string, SlowSum>();
	const line = (key: string | null) => {
		if (key === null) return nothing();
		const known = lines.get(key) ?? nothing();
		lines.set(key, known);
		return known;
	};
	for (const lane of listHistoryLanes(store, query, everySite)) {
		const alerts = alertFactsOf(store, lane.id, 0);
		const facts = laneFactsOf(store, lane.id, 0, alerts);
		const blindMs = blindByHour(facts.blind, localHours(timeZone, period.from, period.to));
		const stood = (those: readonly AlertFacts[]) =>
			merged(those.map(({ enteredAt, clearedAt }) => ({ from: enteredAt, to: clearedAt ?? Number.MAX_SAFE_INTEGER })));
		const counting = alerts.filter(({ judgement }) => judgement === "counts");
		const life = {
			from: Math.max(period.from, lane.livedFrom ?? now),
			to: Math.min(period.to, lane.removedAt ?? now, now),
		};
		const kinds = [...new Set(counting.map((alert) => (by === "label" || by === "cause" ? alert[by] : "")))];
		for (const hour of hours) {
			const inHour = [{ from: hour.startAt, to: hour.endAt }];
			const lived = life.from < life.to ? common([life], inHour) : [];
			const watched = common(facts.watched, lived);
			const ms = (those: readonly AlertFacts[]) => totalMs(common(stood(those), watched));
			const room =
				totalMs(common(facts.watched, inHour)) - totalMs(common(stood(counting), common(facts.watched, inHour)));
			const time = {
				occupiedMs: ms(counting.filter(isOfKind)),
				unknownMs:
					totalMs(lived) -
					totalMs(watched) +
					(life.from < life.to ? Math.min(blindMs.get(hour.startAt) ?? 0, room) : 0),
			};
			const freeMs = totalMs(lived) - time.occupiedMs - time.unknownMs;
			const places = by === "label" || by === "cause" ? [] : [line(keyOf(by, lane, hour))];
			for (const sum of [total, cells[cellOf(hour)] as SlowSum, ...places]) {
				sum.occupiedMs += time.occupiedMs;
				sum.unknownMs += time.unknownMs;
				sum.freeMs += freeMs;
			}
			if (by === "label" || by === "cause")
				for (const kind of kinds) {
					const those = counting.filter((alert) => alert[by] === kind && isOfKind(alert));
					const kindMs = ms(those);
					if (kindMs > 0) line(kind).occupiedMs += kindMs;
				}
		}
		const knownUntil = common(facts.watched, [life]).at(-1)?.to ?? life.from;
		for (const alert of alerts.filter(isOfKind)) {
			const hour = hours.find(({ startAt, endAt }) => startAt <= alert.enteredAt && alert.enteredAt < endAt);
			if (!hour) continue;
			const key = by === "label" || by === "cause" ? alert[by] : keyOf(by, lane, hour);
			for (const sum of [total, cells[cellOf(hour)] as SlowSum, line(key)]) count(sum, alert, knownUntil);
		}
	}

	return { total, cells, lines };
}

/** By definition: as many as that took no longer. */
export function ranked(durationsMs: readonly number[], share: number): number | null {
	const inOrder = durationsMs.toSorted((a, b) => a - b);
	return inOrder.find((_, index) => index + 1 >= share * inOrder.length) ?? null;
}

function count(sum: SlowSum, alert: AlertFacts, knownUntil: number): void {
	sum.alerts += 1;
	if (alert.judgement === "false_alarm") sum.falseAlarms += 1;
	if (alert.judgement === "exempt") sum.exempt += 1;
	if (alert.judgement !== "counts") return;
	if (alert.acknowledgeMs !== null) sum.acknowledgeMs.push(alert.acknowledgeMs);
	if (alert.clearMs !== null) sum.clearMs.push(alert.clearMs);
	sum.longestMs = Math.max(sum.longestMs, (alert.clearedAt ?? knownUntil) - alert.enteredAt);
}

function blindByHour(blind: ReadonlyMap<number, number>, hours: readonly LocalHour[]): ReadonlyMap<number, number> {
	const found = new Map<number, number>();
	for (const [at, ms] of blind) {
		const hour = hours.find(({ startAt, endAt }) => startAt <= at && at < endAt);
		if (hour) found.set(hour.startAt, (found.get(hour.startAt) ?? 0) + ms);
	}
	return found;
}

function keyOf(by: HistoryGrouping, lane: HistoryLane, hour: LocalHour): string | null {
	switch (by) {
		case "lane":
			return lane.id;
		case "site":
			return lane.siteId;
		case "street":
			return lane.streetId;
		case "day":
			return hour.day;
		case "weekday":
		case "hour":
			return String(hour[by]);
		default:
			return null;
	}
}

const cellOf = ({ weekday, hour }: LocalHour) => (weekday - 1) * 24 + hour;
const nothing = (): SlowSum => ({
	...{ occupiedMs: 0, freeMs: 0, unknownMs: 0, alerts: 0, falseAlarms: 0, exempt: 0, longestMs: 0 },
	...{ acknowledgeMs: [], clearMs: [] },
});

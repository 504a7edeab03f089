import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer, WallAnswer } from "#contract/wall-api.ts";
import { escalationLevels, type HandlingState } from "#core/handling/handling-words.ts";
import type { FeedChange } from "./feed-change.ts";

/** What the wall knows: all lanes, and the alerts that are open. */
export interface WallPicture {
	readonly lanes: ReadonlyMap<string, LaneAnswer>;
	readonly openAlerts: ReadonlyMap<string, AlertAnswer>;
}

export function wallPictureOf({ lanes, openAlerts }: WallAnswer): WallPicture {
	return {
		lanes: new Map(lanes.map((lane) => [lane.id, lane])),
		openAlerts: new Map(openAlerts.map((alert) => [alert.id, alert])),
	};
}

/** The picture after the changes, in their order. Lanes that did not change stay the same object, so tiles can be kept. */
export function changedWallPicture(before: WallPicture, changes: readonly FeedChange[]): WallPicture {
	const lanes = new Map(before.lanes);
	const openAlerts = new Map(before.openAlerts);
	for (const change of changes) {
		if (change.kind === "lane") lanes.set(change.value.id, change.value);
		else if (change.kind === "alert") {
			if (change.value.state === "open") openAlerts.set(change.value.id, change.value);
			else openAlerts.delete(change.value.id);
		} else if (change.kind === "removed") {
			if (change.value.kind === "lane") lanes.delete(change.value.id);
			else for (const lane of lanes.values()) if (lane.cameraId === change.value.id) lanes.delete(lane.id);
		}
	}
	return { lanes, openAlerts };
}

/**
 * Alerts that are open now and were not before, in the order of their raise. What another camera sees of a case that is
 * open already is nothing new.
 */
export function newAlerts(before: WallPicture, after: WallPicture): readonly AlertAnswer[] {
	const known = casesOf(before);
	return [...after.openAlerts.values()]
		.filter(({ id, handling }) => !before.openAlerts.has(id) && !known.has(handling.caseId))
		.sort((a, b) => a.raisedAt - b.raisedAt);
}

/** Alerts that were open and are not any more; none whose case goes on. */
export function endedAlerts(before: WallPicture, after: WallPicture): readonly AlertAnswer[] {
	const going = casesOf(after);
	return [...before.openAlerts.values()].filter(
		({ id, handling }) => !after.openAlerts.has(id) && !going.has(handling.caseId),
	);
}

/** Those whose case was escalated further. */
export function escalatedAlerts(before: WallPicture, after: WallPicture): readonly AlertAnswer[] {
	return onePerCase(after.openAlerts.values()).filter(({ id, handling }) => {
		const known = before.openAlerts.get(id);
		return known !== undefined && handling.level !== null && handling.level !== known.handling.level;
	});
}

const casesOf = ({ openAlerts }: WallPicture) =>
	new Set([...openAlerts.values()].map(({ handling }) => handling.caseId));

/** One alert a case: the first that is open. */
export function onePerCase(alerts: Iterable<AlertAnswer>): readonly AlertAnswer[] {
	const first = new Map<string, AlertAnswer>();
	for (const alert of alerts) {
		const known = first.get(alert.handling.caseId);
		if (!known || alert.raisedAt < known.raisedAt) first.set(alert.handling.caseId, alert);
	}
	return [...first.values()];
}

/** Judged: nothing is left to be done on the spot. */
const settled: readonly HandlingState[] = ["false_alarm", "exempt", "hazard", "closed"];

/** Whether somebody still has to do something about an open alert. */
export function needsAction({ falseAlarm, reportedCleared, handling }: AlertAnswer): boolean {
	return falseAlarm === null && reportedCleared === null && !settled.includes(handling.state);
}

/** Nobody has taken it yet. */
export const isFresh = ({ acknowledged, handling }: AlertAnswer): boolean =>
	acknowledged === null && (handling.state === "raised" || handling.state === "reopened");

/**
 * The list "needs attention", one alert a case: what nobody has seen comes first, then what is escalated furthest, newest on
 * top; what waits for the camera comes last.
 */
export function attentionOrder(alerts: Iterable<AlertAnswer>): readonly AlertAnswer[] {
	const rank = (alert: AlertAnswer) => (!needsAction(alert) ? 2 : isFresh(alert) ? 0 : 1);
	const level = ({ handling }: AlertAnswer) =>
		handling.level === null ? -1 : escalationLevels.indexOf(handling.level);
	return onePerCase(alerts).toSorted(
		(a, b) => rank(a) - rank(b) || level(b) - level(a) || b.raisedAt - a.raisedAt || a.id.localeCompare(b.id),
	);
}

/** How many open cases the title counts: false alarms are settled, the rest is open until the camera sees it free. */
export function openCount({ openAlerts }: WallPicture): number {
	return onePerCase(openAlerts.values()).filter(({ falseAlarm }) => falseAlarm === null).length;
}

const stateRank = { occupied: 0, clearing: 1, pending: 2, unknown: 3, clear: 4 } as const;
const byName = new Intl.Collator("zh-CN", { numeric: true });

/**
 * One tile a place, however many cameras see it: the lane of the worst state stands for it, under the place's name. A
 * camera that sees nothing does not make a place clear that another one sees clear: part of it may be seen by none.
 */
export function placeTiles(lanes: Iterable<LaneAnswer>): readonly LaneAnswer[] {
	const places = new Map<string, LaneAnswer[]>();
	for (const lane of lanes) {
		const known = places.get(lane.placeId);
		if (known) known.push(lane);
		else places.set(lane.placeId, [lane]);
	}
	return [...places.values()].map((views) => {
		const worst = views.reduce((a, b) => (stateRank[b.state] < stateRank[a.state] ? b : a));
		if (views.length === 1) return worst;
		const head = views.find(({ id, placeId }) => id === placeId) ?? worst;
		const openAlertId = worst.openAlertId ?? views.find((view) => view.openAlertId !== null)?.openAlertId ?? null;
		return {
			...worst,
			name: head.name,
			cameraName: views.map(({ cameraName }) => cameraName).join(" + "),
			openAlertId,
		};
	});
}

/** Occupied first, the longest on top, then what is not settled, then the calm ones by name. */
export function tileOrder(lanes: Iterable<LaneAnswer>): readonly LaneAnswer[] {
	return placeTiles(lanes).toSorted(
		(a, b) =>
			stateRank[a.state] - stateRank[b.state] ||
			(a.state === "occupied" ? (a.since ?? 0) - (b.since ?? 0) : 0) ||
			byName.compare(a.name, b.name) ||
			a.id.localeCompare(b.id),
	);
}

export interface LaneFilter {
	readonly state: LaneAnswer["state"] | "all";
	readonly text: string;
}

/** `消防车道` is what people type for 消防车通道: both find it. */
export function matchesFilter(lane: LaneAnswer, { state, text }: LaneFilter): boolean {
	if (state !== "all" && lane.state !== state) return false;
	const plain = (words: string) => words.toLowerCase().replaceAll("消防车道", "消防车通道");
	const hay = plain(`${lane.name} ${lane.cameraName}`);
	return plain(text)
		.split(/\s+/)
		.every((word) => hay.includes(word));
}

import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer, WallAnswer } from "#contract/wall-api.ts";
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

/** Alerts that are open now and were not before, in the order of their raise. */
export function newAlerts(before: WallPicture, after: WallPicture): readonly AlertAnswer[] {
	return [...after.openAlerts.values()]
		.filter(({ id }) => !before.openAlerts.has(id))
		.sort((a, b) => a.raisedAt - b.raisedAt);
}

/** Alerts that were open and are not any more. */
export function endedAlerts(before: WallPicture, after: WallPicture): readonly AlertAnswer[] {
	return [...before.openAlerts.values()].filter(({ id }) => !after.openAlerts.has(id));
}

/** Whether somebody still has to do something about an open alert. */
export function needsAction({ falseAlarm, reportedCleared }: AlertAnswer): boolean {
	return falseAlarm === null && reportedCleared === null;
}

/** The list "needs attention": what nobody has seen comes first, newest on top; what waits for the camera comes last. */
export function attentionOrder(alerts: Iterable<AlertAnswer>): readonly AlertAnswer[] {
	const rank = (alert: AlertAnswer) => (!needsAction(alert) ? 2 : alert.acknowledged ? 1 : 0);
	return [...alerts].sort((a, b) => rank(a) - rank(b) || b.raisedAt - a.raisedAt || a.id.localeCompare(b.id));
}

/** How many open alerts the title counts: false alarms are settled, the rest is open until the camera sees it free. */
export function openCount({ openAlerts }: WallPicture): number {
	let count = 0;
	for (const alert of openAlerts.values()) if (alert.falseAlarm === null) count += 1;
	return count;
}

const stateRank = { occupied: 0, clearing: 1, pending: 2, unknown: 3, clear: 4 } as const;
const byName = new Intl.Collator("zh-CN", { numeric: true });

/** Occupied first, the longest on top, then what is not settled, then the calm ones by name. */
export function tileOrder(lanes: Iterable<LaneAnswer>): readonly LaneAnswer[] {
	return [...lanes].sort(
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

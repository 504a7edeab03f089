import { findAlert } from "../alerts/alerts-store.ts";
import { cameraAnswerOf, findCamera } from "../cameras/cameras-store.ts";
import { edgeAnswerOf, findEdge } from "../edges/edges-store.ts";
import { findLane, listLanesOfEdge } from "../lanes/lanes-store.ts";
import { findSitePlan } from "../plans/plans-store.ts";
import { objects } from "../scope/objects.ts";
import type { FeedRow } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";

export interface FeedMessage {
	/** One of `feedEvents`. */
	readonly event: string;
	readonly data: unknown;
}

/** The sites of what a change is about; who may not know of all of them hears nothing of it. Null: it is nowhere any more. */
export const sitesOf = (store: Store, row: FeedRow): readonly string[] | null =>
	objects[objectOf(row)].find({ store }, row.subject.split(":").at(-1) ?? "")?.sites ?? null;

function objectOf({ kind, subject }: FeedRow) {
	if (kind === "plan") return "site";
	if (kind === "removed") return subject.startsWith("lane:") ? "lane" : "camera";
	return kind;
}

/** The newest value, whatever it was then; none where there is nothing left to tell. */
export function newestOf(store: Store, { kind, subject }: FeedRow): FeedMessage[] {
	switch (kind) {
		case "lane":
			return some("lane", findLane(store, subject));
		case "alert":
			return some("alert", findAlert(store, subject));
		case "camera": {
			const camera = findCamera(store, subject);
			return some("camera", camera && cameraAnswerOf(store, camera));
		}
		case "edge": {
			// With an edge come and go the states of all its lanes.
			const edge = findEdge(store, subject);
			const lanes = listLanesOfEdge(store, subject).map((lane) => ({ event: "lane", data: lane }));
			return [...lanes, ...some("edge", edge && edgeAnswerOf(edge))];
		}
		case "plan":
			return some("plan", findSitePlan(store, subject));
		case "removed": {
			const [what = "", id = ""] = subject.split(":");
			const isBack = what === "lane" ? findLane(store, id) : findCamera(store, id);
			return isBack ? [] : [{ event: "removed", data: { kind: what, id } }];
		}
	}
}

const some = (event: string, data: unknown): FeedMessage[] => (data === undefined ? [] : [{ event, data }]);

/** Of several changes of one thing only the last is told. */
export function onlyLast(rows: readonly FeedRow[]): readonly FeedRow[] {
	const last = new Map(rows.map((row) => [`${row.kind} ${row.subject}`, row.position]));
	return rows.filter((row) => last.get(`${row.kind} ${row.subject}`) === row.position);
}

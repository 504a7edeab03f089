import type { Store } from "../store/open-store.ts";

/**
 * What became of a message. `nothing_new`: a repetition, or older than what is known. `not_ours`: the edge is unknown
 * here or was revoked. `not_known`: it is about a camera or lane of which there is no row, and rows are never deleted. In
 * both cases it is not answered, so the edge keeps what it has, should this be the wrong server or an old backup.
 */
export type Outcome =
	| { readonly result: "applied" | "nothing_new" | "not_ours" }
	| { readonly result: "refused" | "not_known"; readonly reason: string };

export const applied: Outcome = { result: "applied" };
export const nothingNew: Outcome = { result: "nothing_new" };
export const refused = (reason: string): Outcome => ({ result: "refused", reason });
const notKnown = (reason: string): Outcome => ({ result: "not_known", reason });

/** What is known to be this far ahead of our clock was said by an edge whose clock was wrong: it blocks nothing. */
const clockToleranceMs = 60_000;

/**
 * Whether a state said at `at` counts, when the last one that counted was said at `known`. Two at one instant: the first
 * to come counts (an edge never uses one instant twice for one topic).
 */
export function isLater(at: number, known: number | null, receivedAt: number): boolean {
	return known === null || at > known || (known > receivedAt + clockToleranceMs && at !== known);
}

/** When something was said, and over which connection; `over` null: an older edge. */
interface Said {
	readonly at: number | null;
	readonly over: number | null;
}

/** Whether a lane's or camera's state counts: what is said over a later connection does, whatever the clock says. */
export function isLaterWord(said: Said & { readonly at: number }, known: Said, receivedAt: number): boolean {
	if (known.at !== null && said.over !== null && known.over !== null && said.over !== known.over)
		return isLater(said.over, known.over, receivedAt);
	return isLater(said.at, known.at, receivedAt);
}

/** Null when the camera is the edge's, else what becomes of the message. Cameras that were removed still have alerts on their way. */
export function problemOfCamera(store: Store, edgeId: string, cameraId: string): Outcome | null {
	const camera = store
		.prepare<[string], { edgeId: string }>("SELECT edge_id AS edgeId FROM cameras WHERE id = ?")
		.get(cameraId);
	if (!camera) return notKnown(`cameraId: there is no camera ${cameraId}`);
	return camera.edgeId === edgeId ? null : refused(`cameraId: ${cameraId} is not a camera of this edge`);
}

/** Null when the lane is watched by the edge, or was until its zone was removed; else what becomes of the message. */
export function problemOfLane(store: Store, edge: { siteId: string; edgeId: string }, laneId: string): Outcome | null {
	const lane = store
		.prepare<[string, string], { siteId: string; zones: number; own: number }>(
			`SELECT l.site_id AS siteId, count(z.id) AS zones, count(c.id) AS own
			FROM lanes l LEFT JOIN zones z ON z.lane_id = l.id LEFT JOIN cameras c ON c.id = z.camera_id AND c.edge_id = ?
			WHERE l.id = ? GROUP BY l.id`,
		)
		.get(edge.edgeId, laneId);
	if (!lane) return notKnown(`laneId: there is no lane ${laneId}`);
	return lane.siteId === edge.siteId && (lane.zones === 0 || lane.own > 0)
		? null
		: refused(`laneId: ${laneId} is not a lane of this edge`);
}

import type { LaneAnswer } from "#contract/http-api.ts";
import type { Store } from "../store/open-store.ts";

interface Row extends Omit<LaneAnswer, "polygon" | "reason" | "clearance"> {
	polygon: string;
	clearance: string | null;
	reason: string | null;
	stateAt: number | null;
	edgeState: "never_seen" | "online" | "offline";
	edgeSince: number | null;
}

const select = `SELECT l.id, l.name, l.kind, l.site_id AS siteId, z.camera_id AS cameraId, c.name AS cameraName,
		l.state, l.reason, l.since, l.state_at AS stateAt, c.picture_at AS pictureAt, z.polygon, l.clearance,
		e.state AS edgeState, e.state_since AS edgeSince,
		(SELECT a.id FROM alerts a WHERE a.lane_id = l.id AND a.edge_id = e.id AND a.cleared_at IS NULL
			AND a.raised_at IS NOT NULL ORDER BY a.raised_at DESC LIMIT 1) AS openAlertId
	FROM lanes l
	JOIN zones z ON z.lane_id = l.id
	JOIN cameras c ON c.id = z.camera_id
	JOIN edges e ON e.id = c.edge_id
	WHERE l.removed_at IS NULL`;

const inPageOrder = "ORDER BY l.site_id, c.created_at, c.id, z.position";

export function listLanes(store: Store): LaneAnswer[] {
	return store.prepare<[], Row>(`${select} ${inPageOrder}`).all().map(answerOf);
}

export function listLanesOfEdge(store: Store, edgeId: string): LaneAnswer[] {
	return store.prepare<[string], Row>(`${select} AND e.id = ? ${inPageOrder}`).all(edgeId).map(answerOf);
}

export function findLane(store: Store, id: string): LaneAnswer | undefined {
	const row = store.prepare<[string], Row>(`${select} AND l.id = ?`).get(id);
	return row && answerOf(row);
}

function answerOf({ polygon, clearance, stateAt, edgeState, edgeSince, ...row }: Row): LaneAnswer {
	const holds = edgeState === "online" && stateAt !== null;
	return {
		...row,
		...stateNow({
			state: row.state,
			reason: row.reason as LaneAnswer["reason"],
			since: row.since,
			stateAt,
			edgeState,
			edgeSince,
		}),
		polygon: JSON.parse(polygon) as LaneAnswer["polygon"],
		clearance: holds && clearance !== null ? (JSON.parse(clearance) as LaneAnswer["clearance"]) : null,
	};
}

/** What an edge last said holds only while it is there to correct it. */
function stateNow(known: {
	state: LaneAnswer["state"];
	reason: LaneAnswer["reason"];
	since: number | null;
	stateAt: number | null;
	edgeState: Row["edgeState"];
	edgeSince: number | null;
}): Pick<LaneAnswer, "state" | "reason" | "since"> {
	if (known.edgeState === "never_seen") return { state: "unknown", reason: "never_seen", since: null };
	if (known.edgeState === "offline") return { state: "unknown", reason: "edge_offline", since: known.edgeSince };
	if (known.stateAt === null) return { state: "unknown", reason: "starting", since: known.edgeSince };
	return { state: known.state, reason: known.reason, since: known.since };
}

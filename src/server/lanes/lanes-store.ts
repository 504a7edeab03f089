import type { LaneAnswer } from "#contract/wall-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { localDay } from "./local-days.ts";
import { siteTimeZone } from "./site-time-zone.ts";

interface Row extends Omit<
	LaneAnswer,
	"polygon" | "reason" | "clearance" | "blindTodayMs" | "blindUntil" | "armed" | "permits"
> {
	polygon: string;
	armed: string | null;
	permits: string;
	clearance: string | null;
	/** The edge's counter: null where it does not count. */
	blindMs: number | null;
	/** What came to it today. */
	blindOfDayMs: number | null;
	reason: string | null;
	stateAt: number | null;
	edgeState: "never_seen" | "online" | "offline";
	edgeSince: number | null;
	revokedAt: number | null;
}

/** Whether the lane was last told over another connection of its edge than that of now: it may have changed since. */
export const isOfBefore = "coalesce(l.said_over <> e.state_at, 0)";

const select = `SELECT l.id, l.name, l.kind, l.site_id AS siteId, coalesce(l.same_as, l.id) AS placeId, z.camera_id AS cameraId, c.name AS cameraName,
		l.state, l.reason, l.since, iif(${isOfBefore}, NULL, l.state_at) AS stateAt, c.picture_at AS pictureAt, z.polygon, l.clearance, z.armed,
		l.blind_ms AS blindMs,
		(SELECT b.blind_ms FROM lane_blind_days b WHERE b.lane_id = l.id AND b.day = @today) AS blindOfDayMs,
		e.state AS edgeState, e.state_since AS edgeSince, e.revoked_at AS revokedAt,
		(SELECT a.id FROM alerts a WHERE a.lane_id = l.id AND a.edge_id = e.id AND a.cleared_at IS NULL
			AND a.raised_at IS NOT NULL ORDER BY a.raised_at DESC LIMIT 1) AS openAlertId,
		(SELECT json_group_array(json_object('id', p.id, 'laneId', p.lane_id, 'plate', p.plate, 'from', p.from_at,
				'until', p.until_at))
			FROM permits p WHERE p.lane_id = l.id AND p.ended_at IS NULL AND p.until_at > unixepoch() * 1000) AS permits
	FROM lanes l
	JOIN zones z ON z.lane_id = l.id
	JOIN cameras c ON c.id = z.camera_id
	JOIN edges e ON e.id = c.edge_id
	WHERE l.removed_at IS NULL`;

const inPageOrder = "ORDER BY l.site_id, c.created_at, c.id, z.position";

export function listLanes(store: Store, sites: VisibleSites, now = Date.now()): LaneAnswer[] {
	return read(store, `AND ${inVisibleSites("l.site_id")} ${inPageOrder}`, { now, sites: sitesParameter(sites) });
}

export function listLanesOfEdge(store: Store, edgeId: string, now = Date.now()): LaneAnswer[] {
	return read(store, `AND e.id = @id ${inPageOrder}`, { id: edgeId, now });
}

export function findLane(store: Store, id: string, now = Date.now()): LaneAnswer | undefined {
	return read(store, "AND l.id = @id", { id, now })[0];
}

function read(
	store: Store,
	which: string,
	{ now, ...parameters }: { readonly id?: string; readonly sites?: string | null; readonly now: number },
): LaneAnswer[] {
	const today = localDay(now, siteTimeZone(store));
	return store
		.prepare<[object], Row>(`${select} ${which}`)
		.all({ ...parameters, today })
		.map(answerOf);
}

function answerOf({
	polygon,
	clearance,
	armed,
	permits,
	stateAt,
	edgeState,
	edgeSince,
	revokedAt,
	blindMs,
	blindOfDayMs,
	...row
}: Row): LaneAnswer {
	const holds = revokedAt === null && edgeState === "online" && stateAt !== null;
	return {
		...row,
		...stateNow({
			state: row.state,
			reason: row.reason as LaneAnswer["reason"],
			since: row.since,
			stateAt,
			edgeState,
			edgeSince,
			revokedAt,
		}),
		blindTodayMs: blindMs === null ? null : (blindOfDayMs ?? 0),
		blindUntil: blindMs === null ? null : countedUntil(row, stateAt),
		polygon: JSON.parse(polygon) as LaneAnswer["polygon"],
		...(armed === null ? {} : { armed: JSON.parse(armed) as NonNullable<LaneAnswer["armed"]> }),
		permits: JSON.parse(permits) as NonNullable<LaneAnswer["permits"]>,
		clearance: holds && clearance !== null ? (JSON.parse(clearance) as LaneAnswer["clearance"]) : null,
	};
}

/** While its lane is unknown the edge's counter stands still. */
function countedUntil({ state, since }: Pick<Row, "state" | "since">, stateAt: number | null): number | null {
	return state === "unknown" && since !== null && stateAt !== null ? Math.min(since, stateAt) : stateAt;
}

/** What an edge last said holds only while it is there to correct it. */
function stateNow(known: {
	state: LaneAnswer["state"];
	reason: LaneAnswer["reason"];
	since: number | null;
	stateAt: number | null;
	edgeState: Row["edgeState"];
	edgeSince: number | null;
	revokedAt: number | null;
}): Pick<LaneAnswer, "state" | "reason" | "since"> {
	if (known.revokedAt !== null) return { state: "unknown", reason: "edge_revoked", since: known.revokedAt };
	if (known.edgeState === "never_seen") return { state: "unknown", reason: "never_seen", since: null };
	if (known.edgeState === "offline") return { state: "unknown", reason: "edge_offline", since: known.edgeSince };
	if (known.stateAt === null) return { state: "unknown", reason: "starting", since: known.edgeSince };
	return { state: known.state, reason: known.reason, since: known.since };
}

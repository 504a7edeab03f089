import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";

/** Alerts and states come different ways: what has differed for less long than this may yet agree. */
const settledAfterMs = 300_000;

/** An alert that ended so, or is open again after all. */
export interface Followed {
	readonly alertId: string;
	readonly laneId: string;
	readonly ended: boolean;
}

/**
 * An edge whose data was lost, or whose machine was replaced, knows nothing of the alerts that were open, and one that said
 * that they are over does not say it again to a server that was restored from before. They end here once it says of their
 * lane, over the connection that stands, that it is clear, or that another alert is open there. As long as nobody sees the
 * lane they stay open, and so do piled goods where the edge began to watch after them: it learns what lies there as the lane.
 * Should the edge get its data back, its own word counts again. To be called when an edge tells that no alert of its own
 * waits.
 */
export function followLostTrack(store: Store, feed: Feed, edgeId: string, at: number): readonly Followed[] {
	return store
		.transaction(() => {
			const changed = (sql: string, ended: boolean) =>
				store
					.prepare<[object], Omit<Followed, "ended">>(sql)
					.all({ edgeId, before: at - settledAfterMs })
					.map((alert) => ({ ...alert, ended }));
			const followed = [...changed(found, false), ...changed(lost, true)];
			for (const { alertId, laneId } of followed) {
				feed.append("alert", alertId, at);
				feed.append("lane", laneId, at);
			}
			return followed;
		})
		.immediate();
}

/** What an edge says of its lanes over the connection that stands. */
const said = `edges e JOIN cameras c ON c.edge_id = e.id JOIN zones z ON z.camera_id = c.id
	JOIN lanes l ON l.id = z.lane_id AND l.removed_at IS NULL AND l.said_over = e.state_at`;
const ofEdge = "e.id = @edgeId AND e.state = 'online'";

const lost = `UPDATE alerts SET cleared_by = 'lost_track', cleared_at = s.since
	FROM (
		SELECT l.id AS laneId, l.open_alert_id AS other, l.watched_since AS watchedSince,
			coalesce(o.entered_at, l.since) AS since
		FROM ${said} LEFT JOIN alerts o ON o.id = l.open_alert_id AND o.lane_id = l.id
		WHERE ${ofEdge} AND l.since < @before
			AND (l.open_alert_id IS NULL AND l.state = 'clear' OR o.raised_at IS NOT NULL)
	) AS s
	WHERE alerts.lane_id = s.laneId AND alerts.edge_id = @edgeId AND alerts.id IS NOT s.other
		AND alerts.raised_at IS NOT NULL AND alerts.cleared_at IS NULL AND alerts.received_at < @before
		AND s.since >= alerts.raised_at AND (alerts.cause <> 'object' OR s.watchedSince <= alerts.entered_at)
	RETURNING id AS alertId, lane_id AS laneId`;

const found = `UPDATE alerts SET cleared_by = NULL, cleared_at = NULL
	WHERE cleared_by = 'lost_track' AND edge_id = @edgeId AND id IN (SELECT l.open_alert_id FROM ${said} WHERE ${ofEdge})
	RETURNING id AS alertId, lane_id AS laneId`;

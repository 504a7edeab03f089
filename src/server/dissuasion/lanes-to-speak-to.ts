import type { LaneState } from "#core/occupancy/types.ts";
import { isOfBefore } from "../lanes/lanes-store.ts";
import type { Store } from "../store/open-store.ts";

export interface SpokenToLane {
	readonly id: string;
	readonly name: string;
	readonly siteId: string;
	readonly state: LaneState;
	readonly takenSince: number | null;
	readonly spokenAt: number | null;
	readonly isWatched: boolean;
}

/** What a rule for a channel and these lanes needs to know. A lane that is not there, or not watched, is left out. */
export function lanesToSpeakTo(store: Store, channel: string, laneIds: readonly string[]): SpokenToLane[] {
	return store
		.prepare<
			[object],
			{
				id: string;
				name: string;
				siteId: string;
				state: LaneState;
				since: number | null;
				enteredAt: number | null;
				spokenAt: number | null;
				isThere: number;
			}
		>(
			`SELECT l.id, l.name, l.site_id AS siteId, l.state, l.since, e.state = 'online' AND NOT ${isOfBefore} AS isThere,
				(SELECT min(a.entered_at) FROM alerts a WHERE a.lane_id = l.id AND a.cleared_at IS NULL) AS enteredAt,
				(SELECT max(s.at) FROM announcements s WHERE s.lane_id = l.id AND s.channel = @channel) AS spokenAt
			FROM lanes l JOIN zones z ON z.lane_id = l.id JOIN cameras c ON c.id = z.camera_id JOIN edges e ON e.id = c.edge_id
			WHERE l.id IN (SELECT value FROM json_each(@lanes)) AND l.removed_at IS NULL ORDER BY l.id`,
		)
		.all({ channel, lanes: JSON.stringify(laneIds) })
		.map(({ since, enteredAt, isThere, ...lane }) => ({
			...lane,
			takenSince: lane.state === "pending" ? since : enteredAt,
			isWatched: isThere === 1,
		}));
}

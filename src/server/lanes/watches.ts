import type { LaneStateMessage } from "#contract/messages/index.ts";
import type { Store } from "../store/open-store.ts";
import { longestStretchMs } from "./blind-days.ts";

/**
 * Puts down until when a counter of blind time has told. While a lane is unknown it stands still, so it has told until the
 * lane became so. An edge whose clock is ahead has told nothing of what is still to come.
 */
export function noteWatch(
	store: Store,
	{ laneId, state, since, at, watchedSince }: LaneStateMessage,
	receivedAt: number,
): void {
	if (watchedSince === undefined) return;
	const until = Math.min(state === "unknown" ? Math.min(since, at) : at, receivedAt);
	const from = Math.max(watchedSince, until - longestStretchMs);
	store
		.prepare(
			`INSERT INTO lane_watches (lane_id, watched_since, watched_from, told_until) VALUES (@laneId, @watchedSince, @from, @until)
			ON CONFLICT (lane_id, watched_since) DO UPDATE SET told_until = max(told_until, excluded.told_until)`,
		)
		.run({ laneId, watchedSince, from, until: Math.max(from, until) });
}

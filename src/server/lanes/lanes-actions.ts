import type { WallAnswer } from "#contract/wall-api.ts";
import { listAlerts } from "../alerts/alerts-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import { listLanes } from "./lanes-store.ts";

/** More alerts than that open at once are not looked at one by one. */
const mostOpenAlerts = 500;

/** Of one moment: whoever goes on with the feed from `feedPosition` misses nothing. */
export function readWall({ store, feed, now }: ServerParts, sites: VisibleSites): WallAnswer {
	return store.transaction(() => ({
		now: now(),
		feedPosition: feed.position(),
		lanes: listLanes(store, sites, now()),
		openAlerts: listAlerts(store, { state: "open", limit: mostOpenAlerts, sites }),
	}))();
}

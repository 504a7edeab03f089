import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import type { Store } from "../store/open-store.ts";
import { drillsThatHold } from "./drills-store.ts";

type LastDrill = NonNullable<SiteCardAnswer["lanes"][number]["lastDrill"]>;

/** What the last drill that tried a lane found of it, by lane. */
export function lastDrillOfLanes(store: Store, siteId: string): ReadonlyMap<string, LastDrill> {
	const found = new Map<string, LastDrill>();
	for (const { id, record } of drillsThatHold(store, siteId)) {
		for (const { laneId, result, why } of record.lanes) {
			if (result === "not_tried" || found.has(laneId)) continue;
			found.set(laneId, { drillId: id, at: record.startedAt, result, why });
		}
	}
	return found;
}

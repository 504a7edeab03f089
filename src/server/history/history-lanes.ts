import type { HistoryPlacesAnswer, HistoryQuery } from "#contract/history-api.ts";
import { dayAt } from "#core/calendar/days.ts";
import { siteTimeZone } from "../lanes/site-time-zone.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** A lane that has a history here, also one that is gone. */
export interface HistoryLane {
	readonly id: string;
	readonly name: string;
	readonly siteId: string;
	readonly siteName: string;
	readonly streetId: string | null;
	readonly streetName: string | null;
	/** From when to when there was something to watch; null: nothing yet. Without an end: still. */
	readonly livedFrom: number | null;
	readonly removedAt: number | null;
}

/** Lanes of another Keepclear have no time of ours. */
const select = `SELECT l.id, l.name, l.site_id AS siteId, s.name AS siteName,
		nullif(s.street_id, 'unassigned') AS streetId, r.name AS streetName,
		(SELECT min(at) FROM (SELECT w.watched_from AS at FROM lane_watches w WHERE w.lane_id = l.id
			UNION ALL SELECT c.created_at FROM zones z JOIN cameras c ON c.id = z.camera_id WHERE z.lane_id = l.id)) AS livedFrom,
		l.removed_at AS removedAt
	FROM lanes l JOIN sites s ON s.id = l.site_id JOIN streets r ON r.id = s.street_id
	WHERE l.kind <> 'ignore' AND NOT EXISTS (SELECT 1 FROM zones z JOIN cameras c ON c.id = z.camera_id
		JOIN edges e ON e.id = c.edge_id WHERE z.lane_id = l.id AND e.imported_at IS NOT NULL)`;

export function listHistoryLanes(
	store: Store,
	{ laneId, siteId, streetId }: Pick<HistoryQuery, "laneId" | "siteId" | "streetId">,
	sites: VisibleSites,
): readonly HistoryLane[] {
	const conditions = [
		`AND ${inVisibleSites("l.site_id")}`,
		...(laneId === undefined ? [] : ["AND l.id = @laneId"]),
		...(siteId === undefined ? [] : ["AND l.site_id = @siteId"]),
		...(streetId === undefined ? [] : ["AND s.street_id = @streetId"]),
	];
	return store
		.prepare<[object], HistoryLane>(`${select} ${conditions.join(" ")} ORDER BY l.site_id, l.name, l.id`)
		.all({ laneId, siteId, streetId, sites: sitesParameter(sites) });
}

export function readPlaces(store: Store, sites: VisibleSites, now: number): HistoryPlacesAnswer {
	const lanes = listHistoryLanes(store, {}, sites);
	const timeZone = siteTimeZone(store);
	const began = Math.min(...lanes.map(({ livedFrom }) => livedFrom ?? Number.POSITIVE_INFINITY));
	const labels = store
		.prepare<[], string>("SELECT DISTINCT label FROM alerts WHERE label IS NOT NULL ORDER BY label")
		.pluck()
		.all();
	return {
		streets: unique(
			lanes.flatMap(({ streetId, streetName }) => (streetId ? [{ id: streetId, name: streetName ?? streetId }] : [])),
		),
		sites: unique(lanes.map(({ siteId, siteName, streetId }) => ({ id: siteId, name: siteName, streetId }))),
		lanes: lanes.map(({ id, name, siteId }) => ({ id, name, siteId })),
		labels,
		firstDay: Number.isFinite(began) ? dayAt(timeZone, began) : null,
		today: dayAt(timeZone, now),
	};
}

function unique<T extends { id: string }>(places: readonly T[]): T[] {
	return [...new Map(places.map((place) => [place.id, place])).values()];
}

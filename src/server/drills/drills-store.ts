import { type DrillAnswer, drillRecord, type DrillRecord } from "#contract/drills-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

interface Row extends Omit<DrillAnswer, "record" | "laneNames" | "correctedBy"> {
	readonly record: string;
	readonly laneNames: string;
	readonly correctedId: string | null;
	readonly correctedName: string | null;
	readonly correctedAt: number | null;
}

const select = `SELECT d.position, d.id, d.site_id AS siteId, s.name AS siteName, d.record, u.name AS "by",
		d.written_at AS at, d.corrects, c.id AS correctedId, cu.name AS correctedName, c.written_at AS correctedAt,
		(SELECT json_group_object(l.id, l.name) FROM lanes l, json_each(d.record, '$.lanes') told
			WHERE l.id = json_extract(told.value, '$.laneId')) AS laneNames
	FROM drills d JOIN sites s ON s.id = d.site_id JOIN users u ON u.id = d.written_by
	LEFT JOIN drills c ON c.corrects = d.id LEFT JOIN users cu ON cu.id = c.written_by`;

export function findDrill(store: Store, id: string): DrillAnswer | undefined {
	const row = store.prepare<[string], Row>(`${select} WHERE d.id = ?`).get(id);
	return row && answerOf(row);
}

export interface DrillsFilter {
	readonly siteId?: string | undefined;
	readonly station?: string | undefined;
	readonly before?: number | undefined;
	readonly limit: number;
	readonly sites: VisibleSites;
}

/** Newest first, with those that were corrected. */
export function listDrills(store: Store, { siteId, station, before, limit, sites }: DrillsFilter): DrillAnswer[] {
	const conditions = [
		inVisibleSites("d.site_id"),
		...(siteId === undefined ? [] : ["d.site_id = @siteId"]),
		...(station === undefined ? [] : ["d.station = @station"]),
		...(before === undefined ? [] : ["d.position < @before"]),
	];
	return store
		.prepare<[object], Row>(`${select} WHERE ${conditions.join(" AND ")} ORDER BY d.position DESC LIMIT @limit`)
		.all({ siteId, station, before, limit, sites: sitesParameter(sites) })
		.map(answerOf);
}

/** Those that hold, of a site, the last one first by when they were. */
export const drillsThatHold = (store: Store, siteId: string): readonly DrillAnswer[] =>
	store
		.prepare<[string], Row>(
			`${select} WHERE d.site_id = ? AND c.id IS NULL ORDER BY d.started_at DESC, d.position DESC`,
		)
		.all(siteId)
		.map(answerOf);

/** When each station's drills were, of those that hold. */
export const stationDrills = (
	store: Store,
	since: number,
	sites: VisibleSites,
): readonly { readonly station: string; readonly startedAt: number }[] =>
	store
		.prepare<[object], { station: string; startedAt: number }>(
			`SELECT d.station, d.started_at AS startedAt FROM drills d WHERE d.started_at >= @since
				AND ${inVisibleSites("d.site_id")} AND NOT EXISTS (SELECT 1 FROM drills c WHERE c.corrects = d.id)
			ORDER BY d.station`,
		)
		.all({ since, sites: sitesParameter(sites) });

/** The last position of a site's records; 0: none. */
export const lastPosition = (store: Store, siteId: string): number =>
	store
		.prepare<[string], number>("SELECT coalesce(max(position), 0) FROM drills WHERE site_id = ?")
		.pluck()
		.get(siteId) ?? 0;

export interface NewDrill {
	readonly id: string;
	readonly siteId: string;
	readonly record: DrillRecord;
	readonly userId: string;
	readonly at: number;
	readonly corrects: string | null;
}

export function insertDrill(store: Store, { id, siteId, record, userId, at, corrects }: NewDrill): void {
	store
		.prepare(
			`INSERT INTO drills (id, site_id, station, started_at, record, written_by, written_at, corrects)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(id, siteId, record.station, record.startedAt, JSON.stringify(record), userId, at, corrects);
}

function answerOf({ record, laneNames, correctedId, correctedName, correctedAt, ...row }: Row): DrillAnswer {
	return {
		...row,
		record: drillRecord.parse(JSON.parse(record)),
		laneNames: JSON.parse(laneNames) as Record<string, string>,
		correctedBy:
			correctedId === null || correctedName === null || correctedAt === null
				? null
				: { id: correctedId, by: correctedName, at: correctedAt },
	};
}

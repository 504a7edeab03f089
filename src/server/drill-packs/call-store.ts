import type { CallLane, CallSitesAnswer } from "#contract/drill-packs-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** Those that the reader may know of, with how many lanes each has. */
export const listCallSites = (store: Store, sites: VisibleSites): CallSitesAnswer["sites"] =>
	store
		.prepare<[object], CallSitesAnswer["sites"][number]>(
			`SELECT s.id AS siteId, s.name, s.address, iif(s.street_id = 'unassigned', NULL, r.name) AS street,
				(SELECT count(*) FROM lanes l WHERE l.site_id = s.id AND l.removed_at IS NULL AND l.kind <> 'ignore') AS lanes,
				(SELECT max(d.started_at) FROM drills d WHERE d.site_id = s.id
					AND NOT EXISTS (SELECT 1 FROM drills c WHERE c.corrects = d.id)) AS lastDrillAt
			FROM sites s JOIN streets r ON r.id = s.street_id WHERE s.closed_at IS NULL AND ${inVisibleSites("s.id")} ORDER BY s.name, s.id`,
		)
		.all({ sites: sitesParameter(sites) });

type Obstruction = NonNullable<CallLane["obstruction"]>;

export const obstructionOf = (store: Store, alertId: string): Obstruction | null =>
	store
		.prepare<[string], Obstruction>(
			"SELECT id AS alertId, cause, label, entered_at AS enteredAt FROM alerts WHERE id = ? AND entered_at IS NOT NULL",
		)
		.get(alertId) ?? null;

/** Lanes of a site in which a vehicle stands that raises no alert: on duty, or with leave. */
export const lanesWithExempt = (store: Store, siteId: string): ReadonlySet<string> =>
	new Set(
		store
			.prepare<[string], string>(
				`SELECT s.lane_id FROM exempt_stays s JOIN edges e ON e.id = s.edge_id
				WHERE e.site_id = ? AND json_extract(s.body, '$.endedAt') IS NULL`,
			)
			.pluck()
			.all(siteId),
	);

/** How much stands in each lane for good, by a person's word. */
export const acceptedByLane = (store: Store, siteId: string): ReadonlyMap<string, number> =>
	new Map(
		store
			.prepare<[string], [string, number]>(
				`SELECT a.lane_id, count(*) FROM acceptances a JOIN lanes l ON l.id = a.lane_id
				WHERE l.site_id = ? AND a.undone_at IS NULL GROUP BY a.lane_id`,
			)
			.raw()
			.all(siteId),
	);

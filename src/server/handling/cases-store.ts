import { caseOf, verifyAfterMs } from "#core/handling/case-of.ts";
import type { CaseAlert } from "#core/handling/handling-facts.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** An alert of a case, with its lane. */
export interface CaseRow extends CaseAlert {
	readonly laneId: string;
	readonly edgeId: string;
}

const columns = `a.id, a.lane_id AS laneId, a.edge_id AS edgeId, a.entered_at AS enteredAt, a.cleared_at AS clearedAt,
	a.cleared_by AS clearedBy, a.received_at AS receivedAt`;

/** Lanes that show the same place as this one, itself among them. */
export function lanesOfPlace(store: Store, laneId: string): readonly string[] {
	const lanes = store
		.prepare<[string], { id: string }>(
			`WITH head AS (SELECT coalesce(same_as, id) AS id FROM lanes WHERE id = ?)
			SELECT l.id FROM lanes l JOIN head ON l.id = head.id OR l.same_as = head.id`,
		)
		.all(laneId);
	return lanes.length === 0 ? [laneId] : lanes.map(({ id }) => id);
}

/**
 * The alerts that are one case with this one, in the order in which they began; read anew each time, so that an alert that
 * arrives late finds its place. What came from another Keepclear is a case of its own.
 */
export function readCase(store: Store, alertId: string): readonly CaseRow[] {
	const alert = store
		.prepare<[string], CaseRow & { isForeign: number }>(
			`SELECT ${columns}, e.imported_at IS NOT NULL AS isForeign FROM alerts a JOIN edges e ON e.id = a.edge_id
			WHERE a.id = ? AND a.raised_at IS NOT NULL`,
		)
		.get(alertId);
	if (!alert) return [];
	const { isForeign, ...own } = alert;
	if (isForeign) return [own];
	const lanes = JSON.stringify(lanesOfPlace(store, own.laneId));
	const near = store.prepare<[object], CaseRow>(
		`SELECT ${columns} FROM alerts a JOIN edges e ON e.id = a.edge_id
		WHERE a.lane_id IN (SELECT value FROM json_each(@lanes)) AND e.imported_at IS NULL AND a.raised_at IS NOT NULL
			AND a.entered_at <= @until AND (a.cleared_at IS NULL OR a.cleared_at >= @from)`,
	);
	let rows: readonly CaseRow[] = [own];
	for (;;) {
		const from = Math.min(...rows.map(({ enteredAt }) => enteredAt)) - verifyAfterMs;
		const until = Math.max(...rows.map(({ clearedAt }) => clearedAt ?? Number.MAX_SAFE_INTEGER - verifyAfterMs));
		const found = caseOf(alertId, near.all({ lanes, from, until: until + verifyAfterMs }));
		if (found.length <= rows.length) return rows.length === 1 ? [own] : found;
		rows = found;
	}
}

const dayMs = 86_400_000;

/** Cases are not counted but alerts: of one place, up to this one, without those that somebody said were false. */
export function alertsOfPlaceSince(store: Store, laneId: string, until: number): number {
	const lanes = JSON.stringify(lanesOfPlace(store, laneId));
	return store
		.prepare<[object], number>(
			`SELECT count(*) FROM alerts a WHERE a.lane_id IN (SELECT value FROM json_each(@lanes)) AND a.raised_at IS NOT NULL
				AND a.entered_at <= @until AND a.entered_at > @from
				AND NOT EXISTS (SELECT 1 FROM handling_entries h WHERE h.alert_id = a.id AND h.kind = 'false_alarm'
					AND NOT EXISTS (SELECT 1 FROM handling_entries b WHERE b.undoes = h.position))`,
		)
		.pluck()
		.get({ lanes, until, from: until - 30 * dayMs }) as number;
}

/**
 * Alerts of a vehicle of this plate in the 30 days up to an instant: by what a person confirmed, or else by what the edge
 * read for sure.
 */
export function alertsOfPlate(store: Store, plate: string, until: number, sites: VisibleSites): number {
	return store
		.prepare<[object], number>(
			`SELECT count(*) FROM alerts a JOIN edges e ON e.id = a.edge_id
			LEFT JOIN evidence_sets s ON s.alert_id = a.id AND s.edge_id = a.edge_id
			LEFT JOIN review_steps r ON r.alert_id = a.id AND r.step = 'confirmation' AND r.taken_back_at IS NULL
			WHERE a.raised_at IS NOT NULL AND a.entered_at <= @until AND a.entered_at > @from AND ${inVisibleSites("e.site_id")}
				AND coalesce(json_extract(r.plate, '$.text'),
					iif(json_extract(s.body, '$.plate.isSure'), json_extract(s.body, '$.plate.text'), NULL)) = @plate`,
		)
		.pluck()
		.get({ plate, until, from: until - 30 * dayMs, sites: sitesParameter(sites) }) as number;
}

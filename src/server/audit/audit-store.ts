import type { AuditQuery } from "#contract/audit-api.ts";
import { type LedgerRow, ledgerRows } from "../ledger/ledger-store.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

type Filters = Omit<AuditQuery, "limit">;

/**
 * Newest first. What belongs to an alert is of its site; what belongs to none is for those who answer for every site.
 * @param sites those of the reader
 */
export function auditRows(store: Store, filters: Filters, sites: VisibleSites, limit: number): readonly LedgerRow[] {
	const { who, what, on, from, until, before } = filters;
	const conditions = [
		isVisible,
		...(who === undefined ? [] : ["who = @who"]),
		...(what === undefined ? [] : ["what = @what"]),
		...(on === undefined ? [] : ["(on_id = @on OR alert_id = @on)"]),
		...(from === undefined ? [] : ["at >= @from"]),
		...(until === undefined ? [] : ["at < @until"]),
		...(before === undefined ? [] : ["seq < @before"]),
	];
	const where = `WHERE ${conditions.join(" AND ")} ORDER BY seq DESC LIMIT @limit`;
	return ledgerRows(store, where, { who, what, on, from, until, before, sites: sitesParameter(sites), limit });
}

/** Who stands in what the reader may see. */
export function peopleInLedger(store: Store, sites: VisibleSites): { id: string; name: string }[] {
	return store
		.prepare<[object], { id: string; name: string }>(
			`SELECT id, name FROM users WHERE id IN (SELECT who FROM ledger WHERE who_kind = 'user' AND ${isVisible}) ORDER BY name`,
		)
		.all({ sites: sitesParameter(sites) });
}

const isVisible = `(@sites IS NULL OR alert_id IN (SELECT a.id FROM alerts a JOIN edges e ON e.id = a.edge_id
	WHERE ${inVisibleSites("e.site_id")}))`;

import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { HandoverItem } from "#contract/handovers-api.ts";
import { isEnded } from "#core/handling/handling-words.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** The hazard list and the authority have what stands there: it is no shift's any more. */
const isDone = ({ state }: AlertAnswer["handling"]) => isEnded(state) || state === "hazard" || state === "transferred";

/** Cases of ours that are not done, each by its first alert, newest first. */
export function openCases(store: Store, sites: VisibleSites, limit: number): readonly AlertAnswer[] {
	const ids = store
		.prepare<[object], string>(
			`SELECT a.id FROM alerts a JOIN edges e ON e.id = a.edge_id
			WHERE a.raised_at IS NOT NULL AND e.imported_at IS NULL AND ${inVisibleSites("e.site_id")} AND (a.cleared_at IS NULL
				OR NOT EXISTS (SELECT 1 FROM handling_entries h WHERE h.alert_id = a.id
					AND h.kind IN ('closed', 'false_alarm', 'exempt', 'hazard', 'transferred')
					AND NOT EXISTS (SELECT 1 FROM handling_entries b WHERE b.undoes = h.position)))
			ORDER BY a.raised_at DESC, a.id LIMIT 1000`,
		)
		.pluck()
		.all({ sites: sitesParameter(sites) });
	const cases: AlertAnswer[] = [];
	for (const id of ids) {
		if (cases.length === limit) break;
		const alert = requireAlert(store, id);
		if (alert.handling.caseId === id && !isDone(alert.handling)) cases.push(alert);
	}
	return cases;
}

export const itemOf = ({ id, laneName, handling }: AlertAnswer): HandoverItem => ({
	...{ alertId: id, laneName, state: handling.state, since: handling.since, who: handling.who },
});

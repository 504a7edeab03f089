import { type ExemptStayAnswer, type ExemptStayBody, exemptStayBody } from "#contract/exempt-stays-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** Answers whether it was newer than what was known. */
export function putExemptStay(
	store: Store,
	{ id, edgeId, body, receivedAt }: { id: string; edgeId: string; body: ExemptStayBody; receivedAt: number },
): boolean {
	return (
		store
			.prepare(
				`INSERT INTO exempt_stays (id, edge_id, lane_id, entered_at, revision, body, received_at)
				VALUES (?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, body = excluded.body,
					received_at = excluded.received_at WHERE excluded.revision > revision AND excluded.edge_id = edge_id`,
			)
			.run(id, edgeId, body.laneId, body.enteredAt, body.revision, JSON.stringify(body), receivedAt).changes > 0
	);
}

export function edgeOfExemptStay(store: Store, id: string): string | undefined {
	return store.prepare("SELECT edge_id FROM exempt_stays WHERE id = ?").pluck().get(id) as string | undefined;
}

/** Newest first. */
export function listExemptStays(
	store: Store,
	filter: { laneId?: string | undefined; before?: number | undefined; limit: number; sites: VisibleSites },
): ExemptStayAnswer[] {
	const { laneId, before, limit, sites } = filter;
	const conditions = [
		inVisibleSites("e.site_id"),
		...(laneId === undefined ? [] : ["s.lane_id = @laneId"]),
		...(before === undefined ? [] : ["s.entered_at < @before"]),
	];
	return store
		.prepare<[object], { id: string; laneName: string | null; body: string }>(
			`SELECT s.id, l.name AS laneName, s.body FROM exempt_stays s JOIN edges e ON e.id = s.edge_id LEFT JOIN lanes l ON l.id = s.lane_id AND l.site_id = e.site_id
			WHERE ${conditions.join(" AND ")} ORDER BY s.entered_at DESC, s.id LIMIT @limit`,
		)
		.all({ laneId, before, limit, sites: sitesParameter(sites) })
		.map(({ id, laneName, body }) => ({ id, laneName, ...exemptStayBody.parse(JSON.parse(body)) }));
}

/** Plates are personal data: those of nobody's alert stay as short as an unconfirmed alert does. */
const keepMs = 30 * 86_400_000;

export function deleteOldExemptStays(store: Store, now: number): void {
	store.prepare("DELETE FROM exempt_stays WHERE received_at < ?").run(now - keepMs);
}

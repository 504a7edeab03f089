import type { LaneSeen } from "#core/handling/verify-clear.ts";
import { isOfBefore } from "../lanes/lanes-store.ts";
import type { Store } from "../store/open-store.ts";

/** Open ones of our own, oldest first. */
export function openAlertIds(store: Store): readonly { readonly id: string; readonly siteId: string }[] {
	return store
		.prepare<[], { id: string; siteId: string }>(
			`SELECT a.id, e.site_id AS siteId FROM alerts a JOIN edges e ON e.id = a.edge_id
			WHERE a.cleared_at IS NULL AND a.raised_at IS NOT NULL AND e.imported_at IS NULL ORDER BY a.received_at, a.id`,
		)
		.all();
}

/** Seen to be clear since an instant, and neither verified nor judged. */
export function unverifiedAlertIds(store: Store, since: number): readonly string[] {
	return store
		.prepare<[number], string>(
			`SELECT a.id FROM alerts a JOIN edges e ON e.id = a.edge_id
			WHERE a.cleared_at > ? AND a.cleared_by IN ('camera', 'lost_track') AND a.raised_at IS NOT NULL AND e.imported_at IS NULL
				AND NOT EXISTS (SELECT 1 FROM handling_entries h WHERE h.alert_id = a.id
					AND h.kind IN ('verified', 'closed', 'false_alarm', 'exempt')
					AND NOT EXISTS (SELECT 1 FROM handling_entries b WHERE b.undoes = h.position))
			ORDER BY a.cleared_at`,
		)
		.pluck()
		.all(since);
}

/** What is known of these lanes now; those that nobody watches any more are not among them. */
export function lanesSeen(
	store: Store,
	laneIds: readonly string[],
): readonly (LaneSeen & { readonly id: string; readonly reason: string | null })[] {
	return store
		.prepare<
			[string],
			{
				id: string;
				state: LaneSeen["state"];
				since: number | null;
				saidAt: number | null;
				reason: string | null;
				isThere: number;
			}
		>(
			`SELECT l.id, l.state, l.since, iif(${isOfBefore}, NULL, l.state_at) AS saidAt, l.reason, e.state = 'online' AS isThere
			FROM lanes l JOIN zones z ON z.lane_id = l.id JOIN cameras c ON c.id = z.camera_id JOIN edges e ON e.id = c.edge_id
			WHERE l.id IN (SELECT value FROM json_each(?)) AND l.removed_at IS NULL ORDER BY l.id`,
		)
		.all(JSON.stringify(laneIds))
		.map(({ isThere, ...lane }) => ({ ...lane, edgeIsThere: isThere === 1 }));
}

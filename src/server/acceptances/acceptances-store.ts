import type { AcceptanceAnswer, AcceptedOutline } from "#contract/acceptances.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

interface Row extends Omit<AcceptanceAnswer, "outline" | "undone"> {
	outline: string;
	undoneName: string | null;
	undoneAt: number | null;
	undoneReason: string | null;
}

const select = `SELECT j.id, j.alert_id AS alertId, j.lane_id AS laneId, coalesce(l.name, j.lane_id) AS laneName,
		j.camera_id AS cameraId, u.name AS by, j.accepted_at AS at, j.reason, j.outline,
		b.name AS undoneName, j.undone_at AS undoneAt, j.undone_reason AS undoneReason
	FROM acceptances j
	JOIN users u ON u.id = j.accepted_by
	LEFT JOIN users b ON b.id = j.undone_by
	LEFT JOIN lanes l ON l.id = j.lane_id`;

const siteOfCamera = "(SELECT e.site_id FROM cameras c JOIN edges e ON e.id = c.edge_id WHERE c.id = j.camera_id)";

/** What was taken back long ago is of no use on a page. */
const mostShown = 100;

export function findAcceptance(store: Store, id: string): AcceptanceAnswer | undefined {
	const row = store.prepare<[string], Row>(`${select} WHERE j.id = ?`).get(id);
	return row && answerOf(row);
}

/** The last that was said of an alert, also when it was taken back. */
export function lastAcceptanceOf(store: Store, alertId: string): AcceptanceAnswer | null {
	const row = store
		.prepare<[string], Row>(
			`${select} WHERE j.alert_id = ? ORDER BY j.undone_at IS NULL DESC, j.undone_at DESC LIMIT 1`,
		)
		.get(alertId);
	return row ? answerOf(row) : null;
}

/** What holds, newest first, then what was taken back. */
export function listAcceptances(store: Store, cameraId: string, sites: VisibleSites): AcceptanceAnswer[] {
	return store
		.prepare<[object], Row>(
			`${select} WHERE j.camera_id = @cameraId AND ${inVisibleSites(siteOfCamera)}
			ORDER BY j.undone_at IS NULL DESC, j.undone_at DESC, j.accepted_at DESC LIMIT ${mostShown}`,
		)
		.all({ cameraId, sites: sitesParameter(sites) })
		.map(answerOf);
}

/** What holds in a lane, as its edge is told it. */
export function acceptedIn(store: Store, laneId: string, cameraId: string): AcceptedOutline[] {
	return store
		.prepare<[string, string], { alertId: string; outline: string }>(
			`SELECT alert_id AS alertId, outline FROM acceptances
			WHERE lane_id = ? AND camera_id = ? AND undone_at IS NULL ORDER BY accepted_at, id`,
		)
		.all(laneId, cameraId)
		.map(({ alertId, outline }) => ({ alertId, outline: JSON.parse(outline) as AcceptedOutline["outline"] }));
}

export function insertAcceptance(
	store: Store,
	acceptance: Pick<AcceptanceAnswer, "id" | "alertId" | "laneId" | "cameraId" | "at" | "reason" | "outline"> & {
		readonly userId: string;
	},
): void {
	store
		.prepare(
			`INSERT INTO acceptances (id, alert_id, lane_id, camera_id, accepted_by, accepted_at, reason, outline)
			VALUES (@id, @alertId, @laneId, @cameraId, @userId, @at, @reason, @outline)`,
		)
		.run({ ...acceptance, outline: JSON.stringify(acceptance.outline) });
}

interface Undoing {
	readonly userId: string;
	readonly at: number;
	readonly reason: string | null;
}

export function undoAcceptance(store: Store, id: string, { userId, at, reason }: Undoing): void {
	store
		.prepare(
			"UPDATE acceptances SET undone_by = ?, undone_at = ?, undone_reason = ? WHERE id = ? AND undone_at IS NULL",
		)
		.run(userId, at, reason, id);
}

/** Takes back all that holds in a lane. Answers the alerts it was said of. */
export function undoAcceptancesOfLane(store: Store, laneId: string, { userId, at, reason }: Undoing): string[] {
	return store
		.prepare<[string, number, string | null, string], { alertId: string }>(
			`UPDATE acceptances SET undone_by = ?, undone_at = ?, undone_reason = ?
			WHERE lane_id = ? AND undone_at IS NULL RETURNING alert_id AS alertId`,
		)
		.all(userId, at, reason, laneId)
		.map(({ alertId }) => alertId);
}

function answerOf({ outline, undoneName, undoneAt, undoneReason, ...row }: Row): AcceptanceAnswer {
	return {
		...row,
		outline: JSON.parse(outline) as AcceptanceAnswer["outline"],
		undone: undoneName !== null && undoneAt !== null ? { by: undoneName, at: undoneAt, reason: undoneReason } : null,
	};
}

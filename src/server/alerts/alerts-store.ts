import type { AlertAnswer, AlertWord } from "#contract/alerts-api.ts";
import { lastAcceptanceOf } from "../acceptances/acceptances-store.ts";
import { evidenceSetOf } from "../evidence-sets/evidence-sets-store.ts";
import { evidenceOfAlert } from "../evidence/evidence-store.ts";
import type { Store } from "../store/open-store.ts";

/** Alerts whose raise has arrived; one of which only the end is known is not shown. */
const select = `SELECT a.id, a.edge_id AS edgeId, a.lane_id AS laneId, a.camera_id AS cameraId,
		coalesce(l.name, a.lane_id) AS laneName, coalesce(l.kind, 'fire_lane') AS laneKind,
		e.site_id AS siteId, coalesce(c.name, a.camera_id) AS cameraName,
		a.entered_at AS enteredAt, a.raised_at AS raisedAt, a.cleared_at AS clearedAt, a.cleared_by AS clearedBy,
		a.cause, a.label, a.confidence, a.box, a.outline, a.clearance, a.fixed_at AS fixedAt,
		ua.name AS acknowledgedName, a.acknowledged_at AS acknowledgedAt,
		uf.name AS falseAlarmName, a.false_alarm_at AS falseAlarmAt,
		ur.name AS reportedClearedName, a.reported_cleared_at AS reportedClearedAt
	FROM alerts a
	JOIN edges e ON e.id = a.edge_id
	LEFT JOIN lanes l ON l.id = a.lane_id
	LEFT JOIN cameras c ON c.id = a.camera_id
	LEFT JOIN users ua ON ua.id = a.acknowledged_by
	LEFT JOIN users uf ON uf.id = a.false_alarm_by
	LEFT JOIN users ur ON ur.id = a.reported_cleared_by
	WHERE a.raised_at IS NOT NULL`;

interface Row extends Omit<
	AlertAnswer,
	| "state"
	| "box"
	| "outline"
	| "clearance"
	| "fixed"
	| "acknowledged"
	| "falseAlarm"
	| "reportedCleared"
	| "acceptance"
	| "evidence"
	| "evidenceSet"
> {
	edgeId: string;
	box: string;
	outline: string | null;
	clearance: string | null;
	fixedAt: number | null;
	acknowledgedName: string | null;
	acknowledgedAt: number | null;
	falseAlarmName: string | null;
	falseAlarmAt: number | null;
	reportedClearedName: string | null;
	reportedClearedAt: number | null;
}

export interface AlertFilter {
	readonly state: "open" | "cleared" | "all";
	readonly laneId?: string | undefined;
	/** Raised before this instant. */
	readonly before?: number | undefined;
	readonly limit: number;
}

export function findAlert(store: Store, id: string): AlertAnswer | undefined {
	const row = store.prepare<[string], Row>(`${select} AND a.id = ?`).get(id);
	return row && answerOf(store, row);
}

/** Newest first. */
export function listAlerts(store: Store, { state, laneId, before, limit }: AlertFilter): AlertAnswer[] {
	const conditions = [
		...(state === "open" ? ["a.cleared_at IS NULL"] : state === "cleared" ? ["a.cleared_at IS NOT NULL"] : []),
		...(laneId === undefined ? [] : ["a.lane_id = @laneId"]),
		...(before === undefined ? [] : ["a.raised_at < @before"]),
	].map((condition) => ` AND ${condition}`);
	return store
		.prepare<[object], Row>(`${select}${conditions.join("")} ORDER BY a.raised_at DESC, a.id DESC LIMIT @limit`)
		.all({ laneId, before, limit })
		.map((row) => answerOf(store, row));
}

/** Column names of what a person may say; the words are checked against `alertWords` at the border. */
const columnOf = {
	acknowledged: "acknowledged",
	"false-alarm": "false_alarm",
	"reported-cleared": "reported_cleared",
} as const satisfies Record<AlertWord, string>;

export interface Said {
	readonly userId: string;
	readonly at: number;
}

/** Who said it, where somebody has. */
export function findSaid(store: Store, alertId: string, word: AlertWord): Said | null {
	const column = columnOf[word];
	const row = store
		.prepare<[string], { userId: string | null; at: number | null }>(
			`SELECT ${column}_by AS userId, ${column}_at AS at FROM alerts WHERE id = ?`,
		)
		.get(alertId);
	return row && row.userId !== null && row.at !== null ? { userId: row.userId, at: row.at } : null;
}

export function setSaid(store: Store, alertId: string, word: AlertWord, said: Said | null): void {
	const column = columnOf[word];
	store
		.prepare(`UPDATE alerts SET ${column}_by = ?, ${column}_at = ? WHERE id = ?`)
		.run(said?.userId ?? null, said?.at ?? null, alertId);
}

/** For lanes that no edge watches any more. Answers the alerts that were open. */
export function clearAlertsOfLane(store: Store, laneId: string, at: number): readonly string[] {
	return store
		.prepare<[number, string], { id: string }>(
			`UPDATE alerts SET cleared_at = ?, cleared_by = 'zone_removed' WHERE lane_id = ? AND cleared_at IS NULL
			RETURNING id`,
		)
		.all(at, laneId)
		.map(({ id }) => id);
}

function answerOf(store: Store, row: Row): AlertAnswer {
	const { edgeId, box, outline, clearance, acknowledgedName, acknowledgedAt, falseAlarmName, falseAlarmAt, ...rest } =
		row;
	const { reportedClearedName, reportedClearedAt, fixedAt, ...plain } = rest;
	return {
		...plain,
		state: row.clearedAt === null ? "open" : "cleared",
		box: JSON.parse(box) as AlertAnswer["box"],
		outline: outline === null ? [] : (JSON.parse(outline) as AlertAnswer["outline"]),
		fixed: fixedAt !== null,
		clearance: clearance === null ? null : (JSON.parse(clearance) as AlertAnswer["clearance"]),
		acknowledged: said(acknowledgedName, acknowledgedAt),
		falseAlarm: said(falseAlarmName, falseAlarmAt),
		reportedCleared: said(reportedClearedName, reportedClearedAt),
		acceptance: row.cause === "object" ? lastAcceptanceOf(store, row.id) : null,
		evidence: evidenceOfAlert(store, row.id, edgeId),
		evidenceSet: evidenceSetOf(store, row.id, edgeId),
	};
}

const said = (by: string | null, at: number | null) => (by !== null && at !== null ? { by, at } : null);

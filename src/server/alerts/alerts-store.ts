import type { AlertAnswer } from "#contract/alerts-api.ts";
import { lastAcceptanceOf } from "../acceptances/acceptances-store.ts";
import { evidenceSetOf } from "../evidence-sets/evidence-sets-store.ts";
import { evidenceOfAlert } from "../evidence/evidence-store.ts";
import type { EntryRow } from "../handling/entries-store.ts";
import { readHandling, summaryOf } from "../handling/read-handling.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** Alerts whose raise has arrived; one of which only the end is known is not shown. */
const select = `SELECT a.id, a.edge_id AS edgeId, a.lane_id AS laneId, a.camera_id AS cameraId,
		coalesce(l.name, a.lane_id) AS laneName, coalesce(l.kind, 'fire_lane') AS laneKind,
		e.site_id AS siteId, coalesce(c.name, a.camera_id) AS cameraName,
		a.entered_at AS enteredAt, a.raised_at AS raisedAt, a.cleared_at AS clearedAt, a.cleared_by AS clearedBy,
		a.cause, a.label, a.confidence, a.box, a.outline, a.clearance, a.fixed_at AS fixedAt
	FROM alerts a
	JOIN edges e ON e.id = a.edge_id
	LEFT JOIN lanes l ON l.id = a.lane_id
	LEFT JOIN cameras c ON c.id = a.camera_id
	WHERE a.raised_at IS NOT NULL`;

interface Row extends Omit<
	AlertAnswer,
	| "state"
	| "box"
	| "outline"
	| "clearance"
	| "fixed"
	| "handling"
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
}

export interface AlertFilter {
	readonly state: "open" | "cleared" | "all";
	readonly laneId?: string | undefined;
	readonly districtId?: string | undefined;
	readonly streetId?: string | undefined;
	readonly siteId?: string | undefined;
	readonly partyId?: string | undefined;
	readonly cause?: AlertAnswer["cause"] | undefined;
	/** Raised before this instant. */
	readonly before?: number | undefined;
	readonly limit: number;
	readonly sites: VisibleSites;
}

export function findAlert(store: Store, id: string): AlertAnswer | undefined {
	const row = store.prepare<[string], Row>(`${select} AND a.id = ?`).get(id);
	return row && answerOf(store, row);
}

const only = {
	laneId: "a.lane_id = @laneId",
	districtId: `e.site_id IN (SELECT s.id FROM sites s JOIN streets r ON r.id = s.street_id
		WHERE r.district_id = @districtId)`,
	streetId: "e.site_id IN (SELECT id FROM sites WHERE street_id = @streetId)",
	siteId: "e.site_id = @siteId",
	partyId: "a.lane_id IN (SELECT lane_id FROM lane_parties WHERE party_id = @partyId)",
	cause: "a.cause = @cause",
} as const;

/** Newest first. */
export function listAlerts(store: Store, { sites, ...asked }: AlertFilter): AlertAnswer[] {
	const { state, before } = asked;
	const conditions = [
		inVisibleSites("e.site_id"),
		...(state === "open" ? ["a.cleared_at IS NULL"] : state === "cleared" ? ["a.cleared_at IS NOT NULL"] : []),
		...Object.entries(only).flatMap(([name, condition]) =>
			asked[name as keyof typeof only] === undefined ? [] : [condition],
		),
		...(before === undefined ? [] : ["a.raised_at < @before"]),
	].map((condition) => ` AND ${condition}`);
	return store
		.prepare<[object], Row>(`${select}${conditions.join("")} ORDER BY a.raised_at DESC, a.id DESC LIMIT @limit`)
		.all({ ...asked, sites: sitesParameter(sites) })
		.map((row) => answerOf(store, row));
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
	const { edgeId, box, outline, clearance, fixedAt, ...plain } = row;
	const handling = readHandling(store, row.id);
	if (!handling) throw new Error("an alert that is shown was raised");
	const { acknowledged, false_alarm: falseAlarm, reported_cleared: reportedCleared } = handling.now.last;
	return {
		...plain,
		state: row.clearedAt === null ? "open" : "cleared",
		box: JSON.parse(box) as AlertAnswer["box"],
		outline: outline === null ? [] : (JSON.parse(outline) as AlertAnswer["outline"]),
		fixed: fixedAt !== null,
		clearance: clearance === null ? null : (JSON.parse(clearance) as AlertAnswer["clearance"]),
		handling: summaryOf(store, handling, row.siteId),
		acknowledged: said(acknowledged),
		falseAlarm: said(falseAlarm),
		reportedCleared: said(reportedCleared),
		acceptance: row.cause === "object" ? lastAcceptanceOf(store, row.id) : null,
		evidence: evidenceOfAlert(store, row.id, edgeId),
		evidenceSet: evidenceSetOf(store, row.id, edgeId),
	};
}

const said = (entry: EntryRow | undefined) => (entry ? { by: entry.byName ?? "", at: entry.at } : null);

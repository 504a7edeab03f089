import { type Judgement, judgementOf } from "#core/history/judgement.ts";
import type { LaneFacts } from "#core/history/roll-up.ts";
import { merged, type Stretch } from "#core/history/stretches.ts";
import type { Store } from "../store/open-store.ts";

/** An alert with all that figures need of it. */
export interface AlertFacts {
	readonly id: string;
	readonly enteredAt: number;
	readonly raisedAt: number;
	readonly clearedAt: number | null;
	readonly cause: string;
	readonly label: string;
	readonly judgement: Judgement;
	readonly acknowledgeMs: number | null;
	readonly clearMs: number | null;
}

interface Row extends Omit<AlertFacts, "judgement" | "acknowledgeMs" | "clearMs"> {
	clearedBy: string | null;
	acknowledgedAt: number | null;
	judgedAs: string | null;
	confirmation: string | null;
	approval: string | null;
	accepted: number;
}

const entriesThatHold = `handling_entries h WHERE h.alert_id = a.id
	AND NOT EXISTS (SELECT 1 FROM handling_entries u WHERE u.undoes = h.position)`;

/** Alerts of a lane that stood there at `from` or came later. Those that another Keepclear sent are no history of ours. */
export function alertFactsOf(store: Store, laneId: string, from: number): readonly AlertFacts[] {
	return store
		.prepare<[string, number], Row>(
			`SELECT a.id, a.entered_at AS enteredAt, a.raised_at AS raisedAt, a.cleared_at AS clearedAt,
				a.cleared_by AS clearedBy, a.cause, a.label,
				(SELECT min(coalesce(h.happened_at, h.at)) FROM ${entriesThatHold} AND h.kind = 'acknowledged') AS acknowledgedAt,
				(SELECT h.kind FROM ${entriesThatHold} AND h.kind IN ('false_alarm', 'exempt', 'reopened')
					ORDER BY h.position DESC LIMIT 1) AS judgedAs,
				c.verdict AS confirmation, p.verdict AS approval,
				a.cleared_by IS 'accepted' OR EXISTS (SELECT 1 FROM acceptances x
					WHERE x.alert_id = a.id AND x.undone_at IS NULL) AS accepted
			FROM alerts a JOIN edges e ON e.id = a.edge_id AND e.imported_at IS NULL
			LEFT JOIN review_steps c ON c.alert_id = a.id AND c.step = 'confirmation' AND c.taken_back_at IS NULL
			LEFT JOIN review_steps p ON p.alert_id = a.id AND p.step = 'approval' AND p.taken_back_at IS NULL
			WHERE a.lane_id = ? AND a.raised_at IS NOT NULL AND (a.cleared_at IS NULL OR a.cleared_at > ?)
			ORDER BY a.entered_at, a.id`,
		)
		.all(laneId, from)
		.map(factsOf);
}

/** What `rollUp` makes a lane's hours of. */
export function laneFactsOf(
	store: Store,
	laneId: string,
	from: number,
	alerts: readonly AlertFacts[] = alertFactsOf(store, laneId, from),
): LaneFacts {
	return {
		watched: watchedReader(store)(laneId),
		alerts: alerts.filter(({ judgement }) => judgement === "counts"),
		blind: new Map(
			store
				.prepare<[string, number], [number, number]>(
					"SELECT hour_at, blind_ms FROM lane_blind_hours WHERE lane_id = ? AND hour_at >= ?",
				)
				.raw()
				.all(laneId, from),
		),
	};
}

export function watchedReader(store: Store): (laneId: string) => readonly Stretch[] {
	const watches = store.prepare<[string], Stretch>(
		'SELECT watched_from AS "from", told_until AS "to" FROM lane_watches WHERE lane_id = ?',
	);
	return (laneId) => merged(watches.all(laneId));
}

function factsOf({ clearedBy, acknowledgedAt, judgedAs, confirmation, approval, accepted, ...alert }: Row): AlertFacts {
	const { raisedAt, clearedAt } = alert;
	return {
		...alert,
		judgement: judgementOf({
			...{ falseAlarm: judgedAs === "false_alarm", exempt: accepted === 1 || judgedAs === "exempt" },
			...{ confirmation, approval },
		}),
		acknowledgeMs: acknowledgedAt === null ? null : Math.max(0, acknowledgedAt - raisedAt),
		clearMs: clearedAt === null || clearedBy !== "camera" ? null : Math.max(0, clearedAt - raisedAt),
	};
}

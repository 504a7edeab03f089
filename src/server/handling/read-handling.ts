import type { HandlingAnswer, HandlingSummary } from "#contract/handling-api.ts";
import { handlingNow, type HandlingNow } from "#core/handling/handling-now.ts";
import { attendKinds, type HandlingKind, handlingKinds } from "#core/handling/handling-words.ts";
import { mayAdd, needsNote, undoable, whoIsOnIt } from "#core/handling/may-add.ts";
import { timersOf } from "#core/handling/targets.ts";
import { may } from "#core/roles/role-table.ts";
import type { Role } from "#core/roles/role-words.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { readReview } from "../reviews/read-review.ts";
import type { Store } from "../store/open-store.ts";
import { alertsOfPlaceSince, alertsOfPlate, type CaseRow, readCase } from "./cases-store.ts";
import { entriesOf, entryAnswerOf, type EntryRow } from "./entries-store.ts";
import { targetsOf } from "./targets-store.ts";

/** A case as it stands: its alerts, its entries, and what follows from them. */
export interface Handling {
	readonly alerts: readonly CaseRow[];
	readonly entries: readonly EntryRow[];
	readonly now: HandlingNow<EntryRow>;
}

/** Null for an alert of which only the end has arrived. */
export function readHandling(store: Store, alertId: string): Handling | null {
	const alerts = readCase(store, alertId);
	if (alerts.length === 0) return null;
	const entries = entriesOf(
		store,
		alerts.map(({ id }) => id),
	);
	return { alerts, entries, now: handlingNow({ alerts, entries }) };
}

export function summaryOf(store: Store, { alerts, entries, now }: Handling, siteId: string): HandlingSummary {
	const [head] = alerts;
	if (!head) throw new Error("a case has an alert");
	const { state, since, startedAt, relapses, levels, last } = now;
	const who = whoIsOnIt(now);
	const given = last.dispatched;
	return {
		...{ caseId: head.id, alertIds: alerts.map(({ id }) => id), state, since, startedAt, relapses },
		position: entries.at(-1)?.position ?? 0,
		level: levels.at(-1) ?? null,
		who: who === null ? null : who.kind === "dispatched" ? who.to : who.byName,
		toUserId: given?.toUserId ?? null,
		dispatchNote: given?.note ?? null,
		timers: [...timersOf(now, targetsOf(store, siteId))],
		spotAlerts: alertsOfPlaceSince(store, head.laneId, alerts.at(-1)?.enteredAt ?? head.enteredAt),
		needsPolice: last.needs_police !== undefined,
	};
}

export function handlingAnswerOf(
	store: Store,
	alert: { readonly id: string; readonly siteId: string },
	handling: Handling,
	{ user, sites }: SignedIn,
): HandlingAnswer {
	const { entries, now } = handling;
	const addable = handlingKinds.filter(
		(kind) => kind !== "photo" && kind !== "taken_back" && roleMayAdd(user.role, kind) && mayAdd(kind, now.state),
	);
	const plate = plateOf(store, alert.id);
	return {
		alertId: alert.id,
		handling: summaryOf(store, handling, alert.siteId),
		entries: entries.map(entryAnswerOf),
		may: addable,
		needNote: addable.filter((kind) => needsNote(kind, now.state)),
		undoable: undoable(entries, { id: user.id, isAdmin: may(user.role, "administer") })?.position ?? null,
		vehicleAlerts: plate === null ? null : alertsOfPlate(store, plate, handling.alerts.at(-1)?.enteredAt ?? 0, sites),
	};
}

/** Who is on the spot tells what is seen there; judging is for those who handle. */
export const roleMayAdd = (role: Role, kind: HandlingKind): boolean =>
	may(role, "handle") || (may(role, "attend") && (attendKinds as readonly HandlingKind[]).includes(kind));

/** As a person confirmed it, or else as the edge read it for sure. */
function plateOf(store: Store, alertId: string): string | null {
	const confirmed = readReview(store, alertId).confirmation?.plate?.text;
	if (confirmed !== undefined) return confirmed;
	const read = store
		.prepare(
			`SELECT json_extract(body, '$.plate.text') FROM evidence_sets
			WHERE alert_id = ? AND edge_id = (SELECT edge_id FROM alerts WHERE id = alert_id) AND json_extract(body, '$.plate.isSure')`,
		)
		.pluck()
		.get(alertId) as string | null | undefined;
	return read ?? null;
}

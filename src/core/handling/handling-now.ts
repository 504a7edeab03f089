import { relapsesOf } from "./case-of.ts";
import { type CaseAlert, doneAt, type HandlingEntry, type HandlingFacts } from "./handling-facts.ts";
import { escalationLevels, type EscalationLevel, type HandlingKind, type HandlingState } from "./handling-words.ts";

/** Where a case stands, by its alerts and its entries. */
export interface HandlingNow<E extends HandlingEntry = HandlingEntry> {
	readonly state: HandlingState;
	/** Since when, as far as known: of the entry or of the camera's word that made it so. */
	readonly since: number;
	/** When it became known here, or was opened anew: targets count from here. Server's clock. */
	readonly startedAt: number;
	/** How often the place was occupied anew. */
	readonly relapses: number;
	/** The camera sees it clear, every alert of the case. */
	readonly clearedAt: number | null;
	/** The levels that were told, in their order. */
	readonly levels: readonly EscalationLevel[];
	/** The last of each kind that holds, since the case was raised or opened anew. */
	readonly last: Partial<Readonly<Record<HandlingKind, E>>>;
}

/** A fold: the same facts in whatever way they came give the same state. */
export function handlingNow<E extends HandlingEntry>({ alerts, entries }: HandlingFacts<E>): HandlingNow<E> {
	const [first] = alerts;
	if (!first) throw new Error("a case has an alert");
	const held = entriesThatHold(entries);
	const relapses = relapsesOf(alerts);
	const relapse = relapses.at(-1) ?? null;
	const known = relapse ?? first;
	const reopened = held.findLast(({ kind, at }) => kind === "reopened" && at >= known.receivedAt) ?? null;
	const current = held.filter((entry) =>
		reopened ? entry.position > reopened.position : relapse === null || entry.at >= relapse.receivedAt,
	);
	const last: Partial<Record<HandlingKind, E>> = {};
	for (const entry of current) last[entry.kind] = entry;
	const startedAt = reopened?.at ?? known.receivedAt;
	const isOpen = alerts.some(({ clearedAt }) => clearedAt === null);
	const clearedAt = isOpen ? null : Math.max(...alerts.map((alert) => alert.clearedAt ?? 0));
	const { state, since } = stateOf({
		last,
		alerts,
		clearedAt,
		startedAt,
		isAnew: relapse !== null || reopened !== null,
	});
	const levels = current.flatMap(({ level }) => (level === null ? [] : [level]));
	return {
		...{ state, since, startedAt, relapses: relapses.length, clearedAt, last },
		levels: escalationLevels.filter((level) => levels.includes(level)),
	};
}

/** None that was taken back; taking back itself says nothing more. */
export function entriesThatHold<E extends HandlingEntry>(entries: readonly E[]): readonly E[] {
	const undone = new Set(entries.map(({ undoes }) => undoes));
	return entries
		.filter(({ position, kind }) => !undone.has(position) && kind !== "taken_back")
		.toSorted((a, b) => a.position - b.position);
}

interface Known {
	readonly last: Partial<Readonly<Record<HandlingKind, HandlingEntry>>>;
	readonly alerts: readonly CaseAlert[];
	readonly clearedAt: number | null;
	readonly startedAt: number;
	readonly isAnew: boolean;
}

/** A judgement holds whatever the camera sees; then the camera's word; then how far people have come. */
function stateOf({ last, alerts, clearedAt, startedAt, isAnew }: Known): Pick<HandlingNow, "state" | "since"> {
	for (const state of ["closed", "false_alarm", "exempt", "transferred", "hazard"] as const) {
		const entry = last[state];
		if (entry) return { state, since: doneAt(entry) };
	}
	if (clearedAt !== null) {
		// Somebody said that it belongs there: it was judged, not moved.
		if (alerts.at(-1)?.clearedBy === "accepted") return { state: "exempt", since: clearedAt };
		return last.verified ? { state: "verified", since: last.verified.at } : { state: "cleared", since: clearedAt };
	}
	const firstOf = (...kinds: readonly HandlingKind[]) =>
		kinds.map((kind) => last[kind]).find((entry) => entry !== undefined);
	const onSite = last.on_site;
	if (onSite) return { state: "on_site", since: doneAt(onSite) };
	const sent = firstOf("on_the_way", "dispatched");
	if (sent) return { state: "dispatched", since: doneAt(sent) };
	const seen = firstOf("acknowledged", "reported_cleared", "needs_police");
	if (seen) return { state: "acknowledged", since: doneAt(seen) };
	return { state: isAnew ? "reopened" : "raised", since: startedAt };
}

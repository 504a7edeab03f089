import type { CaseAlert } from "./handling-facts.ts";

/** Two clean checks this far apart prove that a lane is clear. Whatever comes before the second is a relapse. */
export const verifyAfterMs = 60_000;

type Span = Pick<CaseAlert, "id" | "enteredAt" | "clearedAt">;

/**
 * Alerts of one place that are one case for people: those that overlap in time, seen by whatever camera, and those that
 * begin before the one before could have been verified. In the order in which they began.
 */
export function caseOf<A extends Span>(id: string, ofPlace: readonly A[]): readonly A[] {
	const sorted = ofPlace.toSorted((a, b) => a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : 1));
	let group: A[] = [];
	let until = -Infinity;
	for (const alert of sorted) {
		if (alert.enteredAt > until) {
			if (group.some((each) => each.id === id)) return group;
			group = [];
		}
		group.push(alert);
		until = Math.max(until, alert.clearedAt === null ? Infinity : alert.clearedAt + verifyAfterMs);
	}
	return group.some((each) => each.id === id) ? group : [];
}

/** The alerts with which the place was occupied anew after all before had cleared. */
export function relapsesOf<A extends Span>(alerts: readonly A[]): readonly A[] {
	const relapses: A[] = [];
	let clearedAt = Infinity;
	for (const [index, alert] of alerts.entries()) {
		if (index > 0 && alert.enteredAt > clearedAt) relapses.push(alert);
		const own = alert.clearedAt ?? Infinity;
		clearedAt = index === 0 ? own : Math.max(clearedAt, own);
	}
	return relapses;
}

import type { HandlingEntry } from "./handling-facts.ts";
import { doneAt } from "./handling-facts.ts";
import type { HandlingNow } from "./handling-now.ts";
import { allowedIn } from "./may-add.ts";
import { escalationLevels, type EscalationLevel } from "./handling-words.ts";

/** Within what time, from when the server knew of it; ms. */
export interface HandlingTargets {
	readonly acknowledgeMs: number;
	readonly onSiteMs: number;
	readonly clearMs: number;
	/** When which level is told, while the lane is not clear; the first two only while nobody acknowledged. */
	readonly escalateMs: Readonly<Record<EscalationLevel, number>>;
}

export const defaultTargets: HandlingTargets = {
	acknowledgeMs: 60_000,
	onSiteMs: 300_000,
	clearMs: 900_000,
	escalateMs: {
		re_ring: 60_000,
		manager: 180_000,
		property_manager: 900_000,
		street_and_fire: 1_800_000,
		police_and_tow: 3_600_000,
	},
};

const untilAcknowledged: readonly EscalationLevel[] = ["re_ring", "manager"];

/** The levels whose time has come and that were not told yet. Nothing while the lane is clear or the case is judged. */
export function dueLevels(now: HandlingNow, targets: HandlingTargets, at: number): readonly EscalationLevel[] {
	if (now.clearedAt !== null || !allowedIn.escalated.includes(now.state)) return [];
	const isWaiting = now.state === "raised" || now.state === "reopened";
	return escalationLevels.filter(
		(level) =>
			!now.levels.includes(level) &&
			at - now.startedAt >= targets.escalateMs[level] &&
			(isWaiting || !untilAcknowledged.includes(level)),
	);
}

export const timerNames = ["acknowledge", "on_site", "clear"] as const;
export type TimerName = (typeof timerNames)[number];

export interface HandlingTimer {
	readonly name: TimerName;
	readonly dueAt: number;
	/** When it was reached; null: not yet. */
	readonly keptAt: number | null;
}

/** What runs, or ran, of the targets. `clearedAt` is told by the edge's clock, and so are its differences. */
export function timersOf(
	{ startedAt, clearedAt, last }: HandlingNow,
	targets: HandlingTargets,
): readonly HandlingTimer[] {
	const first = (...entries: readonly (HandlingEntry | undefined)[]) => {
		const times = entries.flatMap((entry) => (entry ? [doneAt(entry)] : []));
		return times.length > 0 ? Math.min(...times) : null;
	};
	const seen = first(last.acknowledged, last.dispatched, last.on_the_way, last.on_site, last.false_alarm, last.exempt);
	return [
		{ name: "acknowledge", dueAt: startedAt + targets.acknowledgeMs, keptAt: seen },
		{ name: "on_site", dueAt: startedAt + targets.onSiteMs, keptAt: first(last.on_site) },
		{ name: "clear", dueAt: startedAt + targets.clearMs, keptAt: clearedAt },
	];
}

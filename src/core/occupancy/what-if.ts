import { policyAt } from "../policy/rules-at.ts";
import type { ZoneTimes } from "../policy/zone-times.ts";
import type { Policy } from "../scene.ts";
import { reduceZone, type ZoneLook } from "./reduce-zone.ts";
import type { OccupancyCause, OccupancyPeriod } from "./types.ts";
import { newZone } from "./zone-state.ts";

/** A zone's policy, and what differs at some hours. */
export interface SupposedRules {
	readonly policy: Policy;
	readonly times?: ZoneTimes | undefined;
}

/**
 * What looks that are past would have raised under another policy, by the very reducer that raises. Nothing is known of
 * what was before the first look: a stay that has lasted longer by then than its on-delay is raised with that look.
 */
export function whatIf(looks: readonly ZoneLook[], rules: SupposedRules): readonly OccupancyPeriod[] {
	const periods = new Map<string, OccupancyPeriod>();
	let zone = newZone("supposed", looks[0]?.at ?? 0, "starting");
	for (const look of looks) {
		const step = reduceZone(zone, look, policyAt(rules, look.at));
		zone = step.zone;
		for (const event of step.events) {
			if (event.kind === "raised" || event.kind === "cleared") periods.set(event.period.occupancyId, event.period);
		}
	}
	return [...periods.values()];
}

/** One thing's time in a zone, as looks showed it, whether it would raise anything or not. */
export interface StaySpan {
	readonly since: number;
	/** The last instant at which it was seen to stand there. */
	readonly until: number;
	readonly cause: OccupancyCause;
	readonly label: string;
}

/** Oldest first. */
export function staySpans(looks: readonly ZoneLook[]): readonly StaySpan[] {
	const spans = new Map<string, StaySpan>();
	for (const { stays } of looks) {
		for (const { trackId, since, seenAt, occupant } of stays) {
			const { cause, label } = occupant;
			spans.set(`${trackId} ${since}`, { since, until: Math.max(since, seenAt), cause, label });
		}
	}
	return [...spans.values()].sort((a, b) => a.since - b.since);
}

import type { Clearance } from "../clearance/clearance.ts";
import type { ExemptStay, LaneState, OccupancyEvent, OccupancyPeriod, UnknownReason } from "./types.ts";

/** What the rules remember of one zone. Plain data. */
export interface ZoneState {
	readonly zoneId: string;
	readonly state: LaneState;
	/** Since when it is in this state. */
	readonly since: number;
	/** Why it is unknown, and null in every other state. */
	readonly reason: UnknownReason | null;
	/** The occupancy that is raised and not cleared; goes on while the state is unknown. */
	readonly open: OccupancyPeriod | null;
	/** The stay that will raise an alert if it lasts: the one that "entered" was told of. */
	readonly leading: { readonly trackId: number; readonly since: number } | null;
	/** While open: the last instant at which something was seen to stand there. */
	readonly seenAt: number;
	/** While clearing: when the zone became free, and the look that showed it first. */
	readonly freed: { readonly at: number; readonly shownAt: number } | null;
	/** No stay counts from earlier than this: the zone was seen to be free then. */
	readonly countsFrom: number;
	/** What is left of it beside what stands there; null before the first look. Of the last look, also while unknown. */
	readonly clearance: Clearance | null;
	/** Vehicles that stand there and raise nothing, by their plates; absent: none. */
	readonly exempt?: readonly ExemptStay[];
	/** Since when this zone is watched … */
	readonly watchedSince: number;
	/** … and for how much of that time nothing could be said, up to the last look. */
	readonly blindMs: number;
}

export interface ZoneStep {
	readonly zone: ZoneState;
	readonly events: readonly OccupancyEvent[];
}

export function newZone(zoneId: string, at: number, reason: UnknownReason): ZoneState {
	return {
		zoneId,
		state: "unknown",
		since: Math.round(at),
		reason,
		open: null,
		leading: null,
		seenAt: 0,
		freed: null,
		countsFrom: 0,
		clearance: null,
		watchedSince: Math.round(at),
		blindMs: 0,
	};
}

/** Nothing can be said any more. What was open stays open; what was pending may go on when it is seen again. */
export function markUnknown(zone: ZoneState, at: number, reason: UnknownReason): ZoneState {
	return zone.state === "unknown" ? { ...zone, reason } : { ...inState(zone, "unknown", at, at), reason };
}

/**
 * A look after blind time: all is blind from when a look was due that did not come, whenever somebody noticed.
 * @param dueAt when the look after the last one was due; null before the first
 */
export function countBlindTime(zone: ZoneState, dueAt: number | null, at: number): ZoneState {
	if (zone.state !== "unknown") return zone;
	const blindSince = Math.max(zone.watchedSince, dueAt ?? 0);
	return { ...zone, blindMs: zone.blindMs + Math.max(0, Math.round(at - blindSince)) };
}

/** In another state since `since`; after blind time since now, for nobody knows what was before. */
export function inState(zone: ZoneState, state: LaneState, since: number, now: number): ZoneState {
	if (zone.state === state) return { ...zone, reason: null };
	const known = zone.state === "unknown" ? now : Math.max(since, zone.since);
	return { ...zone, state, since: Math.round(known), reason: null };
}

/** A person said that what raised the occupancy belongs there. */
export function acceptOpen(zone: ZoneState, at: number): ZoneStep {
	const { open, zoneId } = zone;
	if (!open) return { zone, events: [] };
	const period = { ...open, clearedAt: Math.round(at) };
	return {
		zone: { ...inState(zone, "clear", at, at), open: null, freed: null, countsFrom: Math.round(at) },
		events: [{ kind: "cleared", zoneId, at, period, by: "accepted" }],
	};
}

import type { Policy } from "../scene.ts";
import { occupancyIdOf } from "./occupancy-id.ts";
import { minConfidence, type Stay } from "./stay.ts";
import type { OccupancyCause, OccupancyEvent, OccupancyPeriod } from "./types.ts";
import { inState, type ZoneState, type ZoneStep } from "./zone-state.ts";

/** What one look showed of one zone. */
export interface ZoneLook {
	readonly at: number;
	/** Everything that stands in it, or stood there a moment ago. */
	readonly stays: readonly Stay[];
	/** Something seems to come to a stand in it right now. */
	readonly settling: boolean;
}

/**
 * One look further in the life of a zone: clear -> pending -> occupied -> clearing -> clear. There is one occupancy at a
 * time, however many things stand in the zone, and it ends when none does. Only a look raises or clears, never silence.
 */
export function reduceZone(zone: ZoneState, look: ZoneLook, policy: Policy): ZoneStep {
	const stays = look.stays.map((stay) => ({ ...stay, since: Math.max(stay.since, zone.countsFrom) }));
	const counted = { ...look, stays };
	return zone.open ? reduceOpen(zone, zone.open, counted, policy) : reduceFree(zone, counted, policy);
}

function reduceFree(zone: ZoneState, look: ZoneLook, policy: Policy): ZoneStep {
	const { at } = look;
	const ripe = earliest(
		look.stays.filter(
			({ seenAt, since, confirmed, occupant }) =>
				seenAt === at && confirmed && at - since >= onDelayMs(policy, occupant.cause),
		),
	);
	const lead = ripe ?? earliest(look.stays.filter(({ missingSince }) => !isOver(missingSince, at, policy)));
	const led = follow(zone, lead, at);
	if (ripe) return raise(led, ripe, at);
	if (lead) return { ...led, zone: inState(led.zone, "pending", lead.since, at) };
	// What stood here may be followed for a while yet: whatever is taken for it next has come after this look.
	const hasLeft = zone.leading !== null || look.stays.length > 0;
	const countsFrom = hasLeft ? Math.round(at) : zone.countsFrom;
	return { ...led, zone: { ...inState(led.zone, "clear", at, at), countsFrom } };
}

/** Tells of the stay that leads now, where it is not the one that led before. */
function follow(zone: ZoneState, lead: Stay | undefined, at: number): ZoneStep {
	const { zoneId, leading } = zone;
	if (leading?.trackId === lead?.trackId && leading?.since === lead?.since) return { zone, events: [] };
	const events: OccupancyEvent[] = [];
	if (leading) events.push({ kind: "left", zoneId, at });
	if (lead) events.push({ kind: "entered", zoneId, at, enteredAt: lead.since, occupant: lead.occupant });
	return { zone: { ...zone, leading: lead ? { trackId: lead.trackId, since: lead.since } : null }, events };
}

function raise({ zone, events }: ZoneStep, stay: Stay, at: number): ZoneStep {
	const period: OccupancyPeriod = {
		...stay.occupant,
		occupancyId: occupancyIdOf(zone.zoneId, stay.since),
		zoneId: zone.zoneId,
		enteredAt: stay.since,
		raisedAt: Math.round(at),
		clearance: zone.clearance,
		clearedAt: null,
	};
	return {
		zone: { ...inState(zone, "occupied", at, at), open: period, leading: null, seenAt: at, freed: null },
		events: [...events, { kind: "raised", zoneId: zone.zoneId, at, period }],
	};
}

function reduceOpen(zone: ZoneState, open: OccupancyPeriod, look: ZoneLook, policy: Policy): ZoneStep {
	const { at } = look;
	const standing = earliest(look.stays.filter((stay) => holds(stay, at, policy)));
	if (standing) {
		const { box, confidence } = standing.occupant;
		const period = { ...open, box, confidence: Math.max(open.confidence, confidence) };
		const seenAt = Math.max(zone.seenAt, ...look.stays.map((stay) => stay.seenAt));
		return { zone: { ...inState(zone, "occupied", at, at), open: period, seenAt, freed: null }, events: [] };
	}
	const freed = zone.freed ?? { at: freedAt(zone.seenAt, at, policy), shownAt: at };
	if (!look.settling && at - freed.shownAt >= policy.offDelayMs) return clear(zone, open, freed, at);
	return { zone: { ...inState(zone, "clearing", freed.at, at), freed }, events: [] };
}

function clear(
	zone: ZoneState,
	open: OccupancyPeriod,
	freed: { readonly at: number; readonly shownAt: number },
	at: number,
): ZoneStep {
	const period: OccupancyPeriod = { ...open, clearedAt: freed.at };
	return {
		zone: {
			...inState(zone, "clear", freed.at, at),
			open: null,
			freed: null,
			countsFrom: Math.round(freed.shownAt),
		},
		events: [{ kind: "cleared", zoneId: zone.zoneId, at, period, by: "camera" }],
	};
}

/** Between the last look that showed it there and the first that did not; after a long pause, when it was shown free. */
function freedAt(seenAt: number, shownAt: number, policy: Policy): number {
	return Math.round(shownAt - seenAt <= policy.blindAfterMs ? (seenAt + shownAt) / 2 : shownAt);
}

/**
 * A vehicle that came beside another goes on with its occupancy, but not what the model never was sure of: at night it sees
 * faint cars in the marking for minutes. Goods must have lain there for long enough to count.
 */
function holds({ missingSince, since, occupant }: Stay, at: number, policy: Policy): boolean {
	if (missingSince !== null) return false;
	return occupant.cause === "vehicle" ? occupant.confidence >= minConfidence : at - since >= policy.objectOnDelayMs;
}

function onDelayMs(policy: Policy, cause: OccupancyCause): number {
	return cause === "vehicle" ? policy.vehicleOnDelayMs : policy.objectOnDelayMs;
}

function isOver(missingSince: number | null, at: number, policy: Policy): boolean {
	return missingSince !== null && at - missingSince >= policy.offDelayMs;
}

/** Of stays of the same age the one that was followed first, so that the answer never depends on an order. */
function earliest(stays: readonly Stay[]): Stay | undefined {
	return [...stays].sort((a, b) => a.since - b.since || a.trackId - b.trackId)[0];
}

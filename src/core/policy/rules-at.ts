import type { OccupancyCause } from "../occupancy/types.ts";
import { mergePolicies, type Policy } from "../scene.ts";
import { isWithin, lastingSince } from "./hours-of-day.ts";
import type { Permit, ZoneTimes } from "./zone-times.ts";

/** Why what stands in a zone raises nothing for now. */
export type Exemption =
	{ readonly reason: "disarmed" } | { readonly reason: "permit"; readonly permitId: string; readonly until: number };

/** How what stands in a zone counts at one instant. */
export interface Counting {
	/** No dwell counts from earlier: what stood there before was exempt then. While exempt, this instant itself. */
	readonly countsFrom: number;
	readonly exempt: Exemption | null;
}

/** What holds for a zone at one instant. A permit lets vehicles stand, never goods: hence one counting for each cause. */
export interface ZoneRules extends Readonly<Record<OccupancyCause, Counting>> {
	readonly policy: Policy;
}

interface TimedZone {
	/** What holds at every hour that `times` says nothing of. */
	readonly policy: Policy;
	readonly times?: ZoneTimes | undefined;
}

export function rulesAt(zone: TimedZone, at: number): ZoneRules {
	const { policy, times } = zone;
	if (!times) return { policy, vehicle: always, object: always };
	const object = countingOfGoods(times, at);
	return { policy: policyAt(zone, at), vehicle: countingOfVehicles(times, object, at), object };
}

export function policyAt({ policy, times }: TimedZone, at: number): Policy {
	if (!times || times.hours.length === 0) return policy;
	const now = times.hours.filter((hours) => isWithin(hours, at, times.timeZone));
	return mergePolicies(policy, ...now.map((hours) => hours.policy));
}

/** Whether what stands in the zone raises nothing for now, and why. */
export function exemptionAt(zone: TimedZone, at: number, cause: OccupancyCause): Exemption | null {
	return rulesAt(zone, at)[cause].exempt;
}

function countingOfGoods({ armed, timeZone }: ZoneTimes, at: number): Counting {
	if (armed === null) return always;
	const since = lastingSince(armed, at, timeZone);
	return since === null ? { countsFrom: at, exempt: { reason: "disarmed" } } : { countsFrom: since, exempt: null };
}

/** When a permit is over while something stands there, its dwell counts from then, as when arming begins. */
function countingOfVehicles({ permits }: ZoneTimes, armed: Counting, at: number): Counting {
	if (armed.exempt) return armed;
	const forAll = permits.filter(({ plate, from }) => plate === null && from <= at);
	const [permit] = forAll.filter(({ until }) => at < until).sort((a, b) => b.until - a.until);
	if (permit) return { countsFrom: at, exempt: exemptionBy(permit) };
	return { countsFrom: Math.max(armed.countsFrom, ...forAll.map(({ until }) => until)), exempt: null };
}

const exemptionBy = ({ id, until }: Permit): Exemption => ({ reason: "permit", permitId: id, until });
const always: Counting = { countsFrom: 0, exempt: null };

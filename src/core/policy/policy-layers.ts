import { kindPolicies, mergePolicies, type Policy, type PolicyKeys, type ZoneKind } from "../scene.ts";
import type { PolicyHours } from "./zone-times.ts";

/** What is set at one level: for a site, or for a zone. */
export interface PolicyLayer {
	readonly policy?: PolicyKeys | undefined;
	readonly hours?: readonly PolicyHours[] | undefined;
}

/**
 * The policy of a zone, from the weakest to the strongest: built in, the zone's kind, the site, the site at this hour,
 * the zone, the zone at this hour. Within one level the hours that stand further down decide.
 */
export function layPolicies(
	base: Policy,
	kind: ZoneKind,
	site: PolicyLayer,
	zone: PolicyLayer,
): { policy: Policy; hours: readonly PolicyHours[] } {
	const policy = mergePolicies(base, kindPolicies[kind] ?? {}, site.policy ?? {}, zone.policy ?? {});
	// What a zone sets for the whole day is stronger than what the site sets for an hour.
	const ofSite = (site.hours ?? []).map((hours) => ({ ...hours, policy: without(hours.policy, zone.policy ?? {}) }));
	return { policy, hours: [...ofSite, ...(zone.hours ?? [])] };
}

function without(keys: PolicyKeys, stronger: PolicyKeys): PolicyKeys {
	const taken = new Set(Object.entries(stronger).flatMap(([key, value]) => (value === undefined ? [] : [key])));
	return Object.fromEntries(Object.entries(keys).filter(([key]) => !taken.has(key)));
}

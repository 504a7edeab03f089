import type { ZoneBody } from "#contract/zones.ts";
import type { SiteRules } from "#contract/policy-api.ts";
import { checkPolicy } from "#core/policy/check-policy.ts";
import { layPolicies } from "#core/policy/policy-layers.ts";
import { defaultPolicy } from "#core/scene.ts";

interface Problem {
	readonly path: string;
	readonly message: string;
}

/** What makes no sense in the site's rules alone. */
export function problemsOfSiteRules(site: SiteRules): Problem[] {
	const { policy, hours } = layPolicies(defaultPolicy, "fire_lane", site, {});
	return checkPolicy(policy, hours).map(({ key, hours: index, message }) => ({
		path: index === null ? `policy.${key}` : `hours[${index}].policy.${key}`,
		message,
	}));
}

/** What makes no sense in a zone over the site's rules; `path`: of the zone in the body. */
export function problemsOfZoneRules(site: SiteRules, zone: ZoneBody, path: string): Problem[] {
	if (zone.kind === "ignore") return [];
	const { policy, hours } = layPolicies(defaultPolicy, zone.kind, site, zone);
	return checkPolicy(policy, hours).map(({ key, hours: index, message }) => {
		const own = index === null ? -1 : index - site.hours.length;
		return { path: own < 0 ? `${path}.policy.${key}` : `${path}.hours[${own}].policy.${key}`, message };
	});
}

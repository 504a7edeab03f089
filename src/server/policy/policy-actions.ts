import type { ZoneBody } from "#contract/zones.ts";
import type { PolicyAnswer, Rules, SitePolicyBody, SiteRules } from "#contract/policy-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { listCameras, listCamerasOfEdge } from "../cameras/cameras-store.ts";
import { zonesOf } from "../cameras/zones-store.ts";
import { bumpConfigRevision, listEdges } from "../edges/edges-store.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { everySite, type VisibleSites } from "../scope/visible-sites.ts";
import type { ServerParts } from "../server-parts.ts";
import { problemsOfSiteRules, problemsOfZoneRules } from "./policy-check.ts";
import { insertPolicyChange } from "./policy-store.ts";
import { siteRulesOf, writeSiteRules } from "./site-rules.ts";

/** `sites`: those whose edges the reader may know of. */
export function readPolicy(parts: ServerParts, sites: VisibleSites): PolicyAnswer {
	const { store, config } = parts;
	const { rules, changedAt } = siteRulesOf(parts);
	return {
		...rules,
		from: changedAt === null ? "config" : "page",
		changedAt,
		timeZone: config.timeZone,
		edges: listEdges(store, sites)
			.filter(({ revokedAt }) => revokedAt === null)
			.map(({ id, name, state, appliedRevision, configRevision }) => ({
				...{ id, name, state },
				applied: appliedRevision >= configRevision,
			})),
	};
}

/** Recorded with who and from what; every edge is told at once. @throws ApiError 409 where somebody else was quicker */
export function changeSitePolicy(parts: ServerParts, body: SitePolicyBody, { user }: SignedIn): PolicyAnswer {
	const { store, feed, notifier, now } = parts;
	const { basedOn, ...after } = body;
	const told = store.transaction(() => {
		const { rules: before, changedAt } = siteRulesOf(parts);
		if (changedAt !== basedOn) {
			throw new ApiError(409, "changed_meanwhile", "Somebody else has changed the policy meanwhile.");
		}
		if (JSON.stringify(before) === JSON.stringify(after)) return [];
		refuseNonsense(parts, after);
		const at = Math.max(now(), (changedAt ?? 0) + 1); // two changes in one millisecond are two
		writeSiteRules(store, after, at);
		insertPolicyChange(store, { at, userId: user.id, zone: null, before, after });
		return listEdges(store, everySite).map((edge) => {
			for (const camera of listCamerasOfEdge(store, edge.id)) feed.append("camera", camera.id, at);
			return { edge, revision: bumpConfigRevision(store, edge.id) };
		});
	})();
	for (const { edge, revision } of told) notifier.publishConfig({ siteId: edge.siteId, edgeId: edge.id }, revision);
	return readPolicy(parts, everySite);
}

/** In the transaction in which the zones are replaced. */
export function recordZoneRules(
	{ store }: Pick<ServerParts, "store">,
	{
		before,
		after,
		userId,
		at,
	}: { before: readonly ZoneBody[]; after: readonly ZoneBody[]; userId: string; at: number },
): void {
	const ids = new Set([...before, ...after].map(({ id }) => id));
	for (const id of ids) {
		const [was, is] = [before, after].map((zones) => zones.find((zone) => zone.id === id));
		const [from, to] = [rulesOf(was), rulesOf(is)];
		const name = (is ?? was)?.name;
		if (name === undefined || JSON.stringify(from) === JSON.stringify(to)) continue;
		insertPolicyChange(store, { at, userId, zone: { id, name }, before: from, after: to });
	}
}

/** What a zone sets; keys that set nothing are left out, so that equal rules are equal texts. */
function rulesOf(zone: ZoneBody | undefined): Rules {
	const { policy = {}, hours = [], armed } = zone ?? {};
	return {
		...(Object.keys(policy).length > 0 ? { policy: sorted(policy) } : {}),
		...(hours.length > 0 ? { hours } : {}),
		...(armed ? { armed } : {}),
	};
}

const sorted = <T extends object>(keys: T): T =>
	Object.fromEntries(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))) as T;

/** The site's rules must make sense alone, and under what zones have set already. */
function refuseNonsense({ store }: ServerParts, rules: SiteRules): void {
	const own = problemsOfSiteRules(rules);
	if (own.length > 0) throw badInput(...own);
	const ofZones = listCameras(store, everySite).flatMap((camera) =>
		zonesOf(store, camera.id).flatMap((zone) => problemsOfZoneRules(rules, zone, `zone "${zone.name}"`)),
	);
	if (ofZones.length > 0) throw badInput(...ofZones);
}

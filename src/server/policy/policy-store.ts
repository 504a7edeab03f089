import type { PolicyChangeAnswer, Rules } from "#contract/policy-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

export interface PolicyChange {
	readonly at: number;
	readonly userId: string;
	/** Null: the site's policy. */
	readonly zone: { readonly id: string; readonly name: string } | null;
	readonly before: Rules;
	readonly after: Rules;
}

export function insertPolicyChange(store: Store, { at, userId, zone, before, after }: PolicyChange): void {
	store
		.prepare(
			`INSERT INTO policy_changes (at, by_user, scope, zone_id, zone_name, before, after)
			VALUES (?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			...[at, userId, zone ? "zone" : "site", zone?.id ?? null, zone?.name ?? null],
			...[JSON.stringify(before), JSON.stringify(after)],
		);
}

/** Newest first: of all sites together, and of zones at those that the reader may know of. */
export function listPolicyChanges(
	store: Store,
	filter: { zoneId?: string | undefined; before?: number | undefined; limit: number; sites: VisibleSites },
): PolicyChangeAnswer[] {
	type Row = Omit<PolicyChangeAnswer, "before" | "after"> & { before: string; after: string };
	const { zoneId, before, limit, sites } = filter;
	const conditions = [
		`(p.scope = 'site' OR ${inVisibleSites("l.site_id")})`,
		...(zoneId === undefined ? [] : ["p.zone_id = @zoneId"]),
		...(before === undefined ? [] : ["p.id < @before"]),
	];
	return store
		.prepare<[object], Row>(
			`SELECT p.id, p.at, u.name AS by, p.scope, p.zone_id AS zoneId, p.zone_name AS zoneName, p.before, p.after
			FROM policy_changes p JOIN users u ON u.id = p.by_user LEFT JOIN lanes l ON l.id = p.zone_id
			WHERE ${conditions.join(" AND ")} ORDER BY p.id DESC LIMIT @limit`,
		)
		.all({ zoneId, before, limit, sites: sitesParameter(sites) })
		.map((row) => ({ ...row, before: JSON.parse(row.before) as Rules, after: JSON.parse(row.after) as Rules }));
}

import type { PolicyChangeAnswer, Rules } from "#contract/policy-api.ts";
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

/** Newest first. */
export function listPolicyChanges(
	store: Store,
	{ zoneId, before, limit }: { zoneId?: string | undefined; before?: number | undefined; limit: number },
): PolicyChangeAnswer[] {
	type Row = Omit<PolicyChangeAnswer, "before" | "after"> & { before: string; after: string };
	const conditions = [
		...(zoneId === undefined ? [] : ["p.zone_id = @zoneId"]),
		...(before === undefined ? [] : ["p.id < @before"]),
	];
	return store
		.prepare<[object], Row>(
			`SELECT p.id, p.at, u.name AS by, p.scope, p.zone_id AS zoneId, p.zone_name AS zoneName, p.before, p.after
			FROM policy_changes p JOIN users u ON u.id = p.by_user
			${conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""} ORDER BY p.id DESC LIMIT @limit`,
		)
		.all({ zoneId, before, limit })
		.map((row) => ({ ...row, before: JSON.parse(row.before) as Rules, after: JSON.parse(row.after) as Rules }));
}

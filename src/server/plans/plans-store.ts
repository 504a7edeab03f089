import { join } from "node:path";
import { type PlanAnswer, type PlanMarks, planMarks, type SitePlanAnswer } from "#contract/plans-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

/** `plans/<picture>` */
export const planFile = (dataFolder: string, pictureId: string) => join(dataFolder, "plans", pictureId);

export interface PlanRow extends PlanAnswer {
	readonly bytes: number;
	readonly sha256: string;
}

interface Row extends Omit<PlanRow, "marks"> {
	readonly marks: string;
}

const select = `SELECT p.site_id AS siteId, p.picture_id AS pictureId, p.bytes, p.width_px AS widthPx,
		p.height_px AS heightPx, p.sha256, p.marks, p.revision, u.name AS by, p.changed_at AS changedAt
	FROM site_plans p JOIN users u ON u.id = p.changed_by`;

export function findPlan(store: Store, siteId: string): PlanRow | undefined {
	const row = store.prepare<[string], Row>(`${select} WHERE p.site_id = ?`).get(siteId);
	return row && { ...row, marks: planMarks.parse(JSON.parse(row.marks)) };
}

export const listPlanFiles = (store: Store) =>
	store
		.prepare<[], Pick<PlanRow, "pictureId" | "bytes" | "sha256">>(
			"SELECT picture_id AS pictureId, bytes, sha256 FROM site_plans ORDER BY site_id",
		)
		.all();

/** Those that their reader may know of. */
export function listSitePlans(store: Store, sites: VisibleSites): SitePlanAnswer[] {
	return store
		.prepare<[object], Omit<SitePlanAnswer, "plan">>(
			`SELECT id AS siteId, name AS siteName FROM sites WHERE ${inVisibleSites("id")} ORDER BY id`,
		)
		.all({ sites: sitesParameter(sites) })
		.map((site) => ({ ...site, plan: findPlan(store, site.siteId) ?? null }));
}

export const findSitePlan = (store: Store, siteId: string): SitePlanAnswer | undefined =>
	listSitePlans(store, [siteId])[0];

export function putPlan(store: Store, plan: Omit<PlanRow, "by"> & { readonly userId: string }): void {
	store
		.prepare(
			`INSERT OR REPLACE INTO site_plans (site_id, picture_id, bytes, width_px, height_px, sha256, marks, revision,
				changed_by, changed_at)
			VALUES (@siteId, @pictureId, @bytes, @widthPx, @heightPx, @sha256, @marks, @revision, @userId, @changedAt)`,
		)
		.run({ ...plan, marks: JSON.stringify(plan.marks) });
}

export function deletePlan(store: Store, siteId: string): void {
	store.prepare("DELETE FROM site_plans WHERE site_id = ?").run(siteId);
}

/** Ids of the site's lanes, of its edges' cameras, and of what stands on its card. */
export function idsOfSite(store: Store, siteId: string): Record<keyof PlanMarks, Set<string>> {
	const ids = (sql: string) =>
		new Set(
			store
				.prepare<[string], { id: string }>(sql)
				.all(siteId)
				.map(({ id }) => id),
		);
	return {
		lanes: ids("SELECT id FROM lanes WHERE site_id = ? AND removed_at IS NULL"),
		cameras: ids(
			"SELECT c.id FROM cameras c JOIN edges e ON e.id = c.edge_id WHERE e.site_id = ? AND c.removed_at IS NULL",
		),
		features: ids(
			`SELECT json_extract(f.value, '$.id') AS id
			FROM (SELECT card FROM site_cards WHERE site_id = ? ORDER BY revision DESC LIMIT 1) c, json_each(c.card, '$.features') f`,
		),
	};
}

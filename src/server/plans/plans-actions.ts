import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import type { PlanAnswer, PlanMarks, PlansAnswer } from "#contract/plans-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { storePicture } from "../pictures/store-picture.ts";
import type { ServerParts } from "../server-parts.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { readPlanPicture } from "./plan-picture.ts";
import { deletePlan, findPlan, idsOfSite, listSitePlans, planFile, type PlanRow, putPlan } from "./plans-store.ts";

const noMarks: PlanMarks = { cameras: [], lanes: [], features: [] };

export function listPlans(store: Store, sites: VisibleSites): PlansAnswer {
	return { sites: listSitePlans(store, sites) };
}

/** Takes the place of the one before; what was drawn on it stays where it was. File before row, the old file after it. */
export async function storePlanPicture(
	parts: ServerParts,
	siteId: string,
	bytes: Buffer,
	{ user }: SignedIn,
): Promise<PlanAnswer> {
	const { store, config, now } = parts;
	const picture = await readPlanPicture(bytes);
	const pictureId = `plan-${randomBytes(6).toString("hex")}`;
	const file = planFile(config.dataFolder, pictureId);
	const stored = await storePicture(config, file, picture);
	const before = findPlan(store, siteId);
	try {
		changing(
			parts,
			siteId,
		)(() =>
			putPlan(store, {
				...{ siteId, pictureId, ...stored },
				...{ marks: before?.marks ?? noMarks, revision: (before?.revision ?? 0) + 1 },
				...{ userId: user.id, changedAt: now() },
			}),
		);
	} catch (error) {
		await rm(file, { force: true });
		throw error;
	}
	if (before) await rm(planFile(config.dataFolder, before.pictureId), { force: true });
	return requirePlan(store, siteId);
}

/** @throws ApiError 409 where somebody else has changed it since */
export function saveMarks(
	parts: ServerParts,
	siteId: string,
	{ revision, marks }: { readonly revision: number; readonly marks: PlanMarks },
	{ user }: SignedIn,
): PlanAnswer {
	const { store, now } = parts;
	return changing(
		parts,
		siteId,
	)(() => {
		const plan = requirePlan(store, siteId);
		if (plan.revision !== revision) {
			throw new ApiError(409, "changed_meanwhile", `${plan.by} has changed this plan meanwhile.`);
		}
		const drawn = ofThisSite(store, siteId, marks);
		putPlan(store, { ...plan, marks: drawn, revision: revision + 1, userId: user.id, changedAt: now() });
		return requirePlan(store, siteId);
	});
}

export async function removePlan(parts: ServerParts, siteId: string): Promise<void> {
	const { store, config } = parts;
	const plan = requirePlan(store, siteId);
	changing(parts, siteId)(() => deletePlan(store, siteId));
	await rm(planFile(config.dataFolder, plan.pictureId), { force: true });
}

/** One transaction with its place in the feed: open walls show it at once. */
const changing =
	({ store, feed, now }: ServerParts, siteId: string) =>
	<T>(change: () => T): T =>
		store.transaction(() => {
			const result = change();
			feed.append("plan", siteId, now());
			return result;
		})();

export function requirePlan(store: Store, siteId: string): PlanRow {
	const plan = findPlan(store, siteId);
	if (!plan) throw notFound("plan");
	return plan;
}

/** What was removed meanwhile, is another site's, or is there twice, is left out: nobody could draw it. */
function ofThisSite(store: Store, siteId: string, { lanes, cameras, features }: PlanMarks): PlanMarks {
	const ours = idsOfSite(store, siteId);
	return {
		// Each is taken out of what there is when it is taken.
		lanes: lanes.filter(({ laneId }) => ours.lanes.delete(laneId)),
		cameras: cameras.filter(({ cameraId }) => ours.cameras.delete(cameraId)),
		features: features.filter(({ featureId }) => ours.features.delete(featureId)),
	};
}

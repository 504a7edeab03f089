import { z } from "zod";
import { targetsAnswer, targetsBody, type TargetsAnswer } from "#contract/handling-targets-api.ts";
import { idSchema } from "#contract/ids.ts";
import { notFound } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { insertTargets, targetChanges, targetsOf } from "./targets-store.ts";

const tags = ["handling"];
const params = z.object({ id: idSchema });

export function targetsRoutes(app: App, { store, now }: ServerParts): void {
	app.get(
		"/api/sites/:id/targets",
		{
			config: { access: { right: "watch", of: { id: "site" } } },
			schema: { tags, summary: "A site's targets, and their changes", params, response: { 200: targetsAnswer } },
		},
		async ({ params }) => answerOf(store, params.id),
	);

	app.put(
		"/api/sites/:id/targets",
		{
			config: { access: { right: "configure", of: { id: "site" } } },
			schema: {
				tags,
				summary: "Change a site's targets; recorded",
				params,
				body: targetsBody,
				response: { 200: targetsAnswer },
			},
		},
		async (request) => {
			const siteId = request.params.id;
			requireSite(store, siteId);
			insertTargets(store, { siteId, targets: request.body, userId: personOf(request).user.id, at: now() });
			return answerOf(store, siteId);
		},
	);
}

/** @throws ApiError 404 */
function answerOf(store: Store, siteId: string): TargetsAnswer {
	requireSite(store, siteId);
	return { siteId, targets: targetsOf(store, siteId), changes: [...targetChanges(store, siteId)] };
}

function requireSite(store: Store, siteId: string): void {
	if (!store.prepare("SELECT 1 FROM edges WHERE site_id = ? AND imported_at IS NULL LIMIT 1").get(siteId)) {
		throw notFound("site");
	}
}

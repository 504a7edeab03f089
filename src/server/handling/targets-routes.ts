import { z } from "zod";
import { targetsAnswer, targetsChange, type TargetsAnswer } from "#contract/handling-targets-api.ts";
import { idSchema } from "#contract/ids.ts";
import { errorAnswer } from "#contract/error-answer.ts";
import { ApiError, notFound } from "../http/api-error.ts";
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
				body: targetsChange,
				response: { 200: targetsAnswer, 409: errorAnswer },
			},
		},
		async (request) => {
			const siteId = request.params.id;
			const { revision, targets } = request.body;
			store.transaction(() => {
				requireSite(store, siteId);
				refuseOvertaken(store, siteId, revision);
				insertTargets(store, { siteId, targets, userId: personOf(request).user.id, at: now() });
			})();
			return answerOf(store, siteId);
		},
	);
}

/** @throws ApiError 404 */
function answerOf(store: Store, siteId: string): TargetsAnswer {
	requireSite(store, siteId);
	const changes = targetChanges(store, siteId);
	return {
		...{ siteId, targets: targetsOf(store, siteId), revision: changes[0]?.id ?? 0 },
		changes: changes.map(({ targets, by, at }) => ({ targets, by, at })),
	};
}

/** @throws ApiError 409 that tells by whom and when */
function refuseOvertaken(store: Store, siteId: string, seen: number): void {
	const [last] = targetChanges(store, siteId);
	if ((last?.id ?? 0) === seen) return;
	const { by = "", at = 0 } = last ?? {};
	throw new ApiError(409, "changed_meanwhile", `${by} has changed these targets meanwhile.`, {
		meanwhile: [{ kind: "changed", by, at }],
	});
}

function requireSite(store: Store, siteId: string): void {
	if (!store.prepare("SELECT 1 FROM sites WHERE id = ?").get(siteId)) throw notFound("site");
}

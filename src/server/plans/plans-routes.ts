import { z } from "zod";
import { idSchema } from "#contract/ids.ts";
import { marksBody, maxPlanBytes, planAnswer, planContentTypes, plansAnswer } from "#contract/plans-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import { sendFile } from "../http/send-file.ts";
import type { ServerParts } from "../server-parts.ts";
import { listPlans, removePlan, requirePlan, saveMarks, storePlanPicture } from "./plans-actions.ts";
import { planFile } from "./plans-store.ts";

const tags = ["plans"];
const params = z.object({ siteId: idSchema });

/** Plans of sites, and what lies where on them. */
export function plansRoutes(app: App, parts: ServerParts): void {
	const { store, config } = parts;

	app.get(
		"/api/plans",
		{
			config: { access: { right: "watch" } },
			schema: { tags, summary: "The plan of every site", response: { 200: plansAnswer } },
		},
		async (request) => listPlans(store, personOf(request).sites),
	);

	app.put(
		"/api/plans/:siteId/picture",
		{
			config: { access: { right: "configure", of: { siteId: "site" } } },
			bodyLimit: maxPlanBytes,
			schema: {
				tags,
				summary: "A site's plan; takes the place of the one before",
				consumes: [...planContentTypes],
				params,
				body: z.instanceof(Buffer, { error: "must be sent as image/jpeg or image/png" }),
				response: { 200: planAnswer },
			},
		},
		async (request) => storePlanPicture(parts, request.params.siteId, request.body, personOf(request)),
	);

	app.put(
		"/api/plans/:siteId/marks",
		{
			config: { access: { right: "configure", of: { siteId: "site" } } },
			schema: { tags, summary: "What lies where", params, body: marksBody, response: { 200: planAnswer } },
		},
		async (request) => saveMarks(parts, request.params.siteId, request.body, personOf(request)),
	);

	app.delete(
		"/api/plans/:siteId",
		{
			config: { access: { right: "configure", of: { siteId: "site" } } },
			schema: { tags, summary: "Remove it", params, response: { 204: z.null() } },
		},
		async (request, reply) => {
			await removePlan(parts, request.params.siteId);
			return reply.code(204).send(null);
		},
	);

	app.get(
		"/api/plans/:siteId/picture",
		{
			config: { access: { right: "watch", of: { siteId: "site" } } },
			schema: { tags, summary: "The picture", params },
		},
		async (request, reply) => {
			const { pictureId, bytes, sha256 } = requirePlan(store, request.params.siteId);
			const file = planFile(config.dataFolder, pictureId);
			const about = { file, bytes, contentType: "image/jpeg", etag: `"${sha256}"`, name: `${pictureId}.jpg` };
			return sendFile(request, reply, about);
		},
	);
}

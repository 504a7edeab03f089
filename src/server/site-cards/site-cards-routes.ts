import { z } from "zod";
import { idSchema } from "#contract/ids.ts";
import { siteCardAnswer, siteCardBody, siteCardChangesAnswer } from "#contract/site-cards-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { readCard, readChanges, saveCard } from "./site-cards-actions.ts";

const tags = ["site cards"];
const params = z.object({ siteId: idSchema });

/** What no camera sees of a site and its lanes. */
export function siteCardsRoutes(app: App, parts: ServerParts): void {
	const { store } = parts;

	app.get(
		"/api/sites/:siteId/card",
		{
			config: { access: { right: ["watch", "drill"], of: { siteId: "site" } } },
			schema: { tags, summary: "A site's card, with its lanes'", params, response: { 200: siteCardAnswer } },
		},
		async (request) => readCard(store, request.params.siteId),
	);

	app.put(
		"/api/sites/:siteId/card",
		{
			config: { access: { right: "configure", of: { siteId: "site" } } },
			schema: {
				tags,
				summary: "Fill it in; the one before stays as a version",
				params,
				body: siteCardBody,
				response: { 200: siteCardAnswer },
			},
		},
		async (request) => saveCard(parts, request.params.siteId, request.body, personOf(request)),
	);

	app.get(
		"/api/sites/:siteId/card/changes",
		{
			config: { access: { right: ["configure", "drill"], of: { siteId: "site" } } },
			schema: { tags, summary: "Who changed what on it", params, response: { 200: siteCardChangesAnswer } },
		},
		async (request) => readChanges(store, request.params.siteId),
	);
}

import { z } from "zod";
import { acceptanceAnswer, acceptanceBody, acceptancesAnswer, acceptancesQuery } from "#contract/acceptances.ts";
import { alertAnswer } from "#contract/alerts-api.ts";
import { errorAnswer } from "#contract/error-answer.ts";
import { madeIdSchema } from "#contract/ids.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { acceptAlert, undoAcceptanceOf } from "./acceptances-actions.ts";
import { listAcceptances } from "./acceptances-store.ts";

const tags = ["alerts"];
const params = z.object({ id: madeIdSchema });

export function acceptancesRoutes(app: App, parts: ServerParts): void {
	app.post(
		"/api/alerts/:id/acceptance",
		{
			config: { access: { right: "handle", of: { id: "alert" } } },
			schema: {
				tags,
				summary: "Judge that what lies there belongs there",
				params,
				body: acceptanceBody,
				response: { 200: alertAnswer, 409: errorAnswer },
			},
		},
		async (request) => acceptAlert(parts, request.params.id, request.body.reason, personOf(request)),
	);

	app.get(
		"/api/acceptances",
		{
			config: { access: { right: "watch" } },
			schema: {
				tags,
				summary: "What belongs there, by people's word",
				querystring: acceptancesQuery,
				response: { 200: acceptancesAnswer },
			},
		},
		async (request) => ({
			acceptances: listAcceptances(parts.store, request.query.cameraId, personOf(request).sites),
		}),
	);

	app.post(
		"/api/acceptances/:id/undo",
		{
			config: { access: { right: "handle", of: { id: "acceptance" } } },
			schema: { tags, summary: "Take it back", params, body: acceptanceBody, response: { 200: acceptanceAnswer } },
		},
		async (request) => undoAcceptanceOf(parts, request.params.id, request.body.reason, personOf(request)),
	);
}

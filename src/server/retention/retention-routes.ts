import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { holdBody, retentionAnswer } from "#contract/retention-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { endHoldOf, holdEvidence, requireRetention } from "./holds-actions.ts";

const tags = ["evidence"];
const params = z.object({ id: madeIdSchema });
const response = { 200: retentionAnswer, 409: errorAnswer };

export function retentionRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/alerts/:id/retention",
		{
			config: { access: { right: "watch", of: { id: "alert" } } },
			schema: { tags, summary: "For how long its evidence is kept", params, response: { 200: retentionAnswer } },
		},
		async (request) => requireRetention(parts, request.params.id),
	);

	app.put(
		"/api/alerts/:id/legal-hold",
		{
			config: { access: { right: "approve", of: { id: "alert" } } },
			schema: { tags, summary: "Its evidence is to be kept until this is ended", params, body: holdBody, response },
		},
		async (request) => holdEvidence(parts, request.params.id, request.body, personOf(request)),
	);

	app.post(
		"/api/alerts/:id/legal-hold/end",
		{
			config: { access: { right: "approve", of: { id: "alert" } } },
			schema: { tags, summary: "It is kept no longer than others", params, body: holdBody, response },
		},
		async (request) => endHoldOf(parts, request.params.id, request.body, personOf(request)),
	);
}

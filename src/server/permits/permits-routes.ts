import { z } from "zod";
import { madeIdSchema } from "#contract/ids.ts";
import { permitAnswer, permitBody, permitsAnswer, permitsQuery } from "#contract/policy-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { endPermitNow, givePermit } from "./permits-actions.ts";
import { listPermits } from "./permits-store.ts";

const tags = ["permits"];
const params = z.object({ id: madeIdSchema });

export function permitsRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/permits",
		{
			config: { access: { right: "watch" } },
			schema: {
				tags,
				summary: "Permits to stand in a lane, newest first",
				querystring: permitsQuery,
				response: { 200: permitsAnswer },
			},
		},
		async (request) => {
			const { laneId, state } = request.query;
			const { sites } = personOf(request);
			return { permits: listPermits(parts.store, { laneId, after: state === "all" ? null : parts.now(), sites }) };
		},
	);

	app.post(
		"/api/permits",
		{
			config: { access: { right: "permit", of: { "body.laneId": "lane" } } },
			schema: { tags, summary: "Let vehicles stand in a lane", body: permitBody, response: { 201: permitAnswer } },
		},
		async (request, reply) => reply.code(201).send(givePermit(parts, request.body, personOf(request))),
	);

	app.post(
		"/api/permits/:id/end",
		{
			config: { access: { right: "permit", of: { id: "permit" } } },
			schema: { tags, summary: "End a permit now", params, response: { 200: permitAnswer } },
		},
		async (request) => endPermitNow(parts, request.params.id, personOf(request)),
	);
}

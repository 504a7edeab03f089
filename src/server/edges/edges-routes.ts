import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { edgeBody, edgesAnswer, edgeTokenAnswer, revokeQuery } from "#contract/edges-api.ts";
import { codeAnswer } from "#contract/enrolment-api.ts";
import { idSchema } from "#contract/ids.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { addEdge, renewToken, revokeEdge } from "./edges-actions.ts";
import { edgeAnswerOf, listEdges } from "./edges-store.ts";

const tags = ["edges"];
const params = z.object({ id: idSchema });

const byOf = (request: FastifyRequest) => ({ kind: "user" as const, id: personOf(request).user.id });

export function edgesRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/edges",
		{ config: { access: { right: "watch" } }, schema: { tags, summary: "All edges", response: { 200: edgesAnswer } } },
		async (request) => ({ edges: listEdges(parts.store, personOf(request).sites).map(edgeAnswerOf) }),
	);

	app.post(
		"/api/edges",
		{
			config: { access: { right: "administer", of: { "body.siteId": "site_to_be" } } },
			schema: { tags, summary: "Register an edge", body: edgeBody, response: { 201: codeAnswer } },
		},
		async (request, reply) =>
			reply
				.code(201)
				.header("cache-control", "no-store")
				.send(addEdge(parts, request.body, byOf(request))),
	);

	app.post(
		"/api/edges/:id/token",
		{
			config: { access: { right: "administer", of: { id: "edge" } } },
			schema: {
				tags,
				summary: "A token to write down by hand; the old one ends",
				params,
				response: { 200: edgeTokenAnswer },
			},
		},
		async (request, reply) => reply.header("cache-control", "no-store").send(renewToken(parts, request.params.id)),
	);

	app.delete(
		"/api/edges/:id",
		{
			config: { access: { right: "administer", of: { id: "edge" } } },
			schema: { tags, summary: "Revoke an edge", params, querystring: revokeQuery, response: { 204: z.null() } },
		},
		async (request, reply) => {
			revokeEdge(parts, request.params.id, { by: byOf(request), reason: request.query.reason });
			return reply.code(204).send(null);
		},
	);
}

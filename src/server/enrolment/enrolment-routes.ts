import { z } from "zod";
import { codeAnswer, enrolAnswer, enrolBody } from "#contract/enrolment-api.ts";
import { idSchema } from "#contract/ids.ts";
import { requireEdgeAnswer } from "../edges/edges-actions.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { enrol, makeCode } from "./enrolment-actions.ts";

const tags = ["edges"];

export function enrolmentRoutes(app: App, parts: ServerParts): void {
	app.post(
		"/api/edges/:id/code",
		{
			config: { access: { right: "administer", of: { id: "edge" } } },
			schema: {
				tags,
				summary: "A one-time code by which the edge gets its credentials",
				params: z.object({ id: idSchema }),
				response: { 200: codeAnswer },
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const made = makeCode(parts, id, { kind: "user", id: personOf(request).user.id });
			return reply.header("cache-control", "no-store").send({ ...made, edge: requireEdgeAnswer(parts.store, id) });
		},
	);

	app.post(
		"/api/enrolment",
		{
			config: { access: "public" },
			bodyLimit: 4 * 1024,
			schema: { tags: ["edge"], summary: "Credentials for a code", body: enrolBody, response: { 200: enrolAnswer } },
		},
		async (request, reply) => reply.header("cache-control", "no-store").send(enrol(parts, request.body, request.ip)),
	);
}

import { z } from "zod";
import { maxPictureBytes } from "#contract/edge-api.ts";
import { liveAnswer, liveBody, whatIfAnswer, whatIfBody, whatIfResultBody } from "#contract/live-api.ts";
import { idSchema, madeIdSchema } from "#contract/ids.ts";
import type { App } from "../http/app-type.ts";
import { edgeOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { readLive, takeLive } from "./live-views.ts";
import { askWhatIf, finishWhatIf, readWhatIf } from "./what-ifs.ts";

const cameraParams = z.object({ id: idSchema });
const madeParams = z.object({ id: madeIdSchema });

/** What the zone editor asks of an edge. */
export function liveRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/cameras/:id/live",
		{
			config: { access: { right: "watch", of: { id: "camera" } } },
			schema: {
				tags: ["cameras"],
				summary: "What the worker sees now; asking keeps it coming",
				params: cameraParams,
				querystring: z.object({ after: z.coerce.number().optional() }),
				response: { 200: liveAnswer },
			},
		},
		async (request, reply) =>
			reply.header("cache-control", "no-store").send(readLive(parts, request.params.id, request.query.after ?? null)),
	);

	app.post(
		"/api/what-ifs",
		{
			config: { access: { right: "configure", of: { "body.cameraId": "camera" } } },
			schema: {
				tags: ["cameras"],
				summary: "What would the last hour have raised",
				body: whatIfBody,
				response: { 202: whatIfAnswer },
			},
		},
		async (request, reply) => reply.code(202).send(askWhatIf(parts, request.body)),
	);

	app.get(
		"/api/what-ifs/:id",
		{
			config: { access: { right: "configure", of: { id: "what_if" } } },
			schema: { tags: ["cameras"], summary: "What came of it", params: madeParams, response: { 200: whatIfAnswer } },
		},
		async (request, reply) => reply.header("cache-control", "no-store").send(readWhatIf(parts, request.params.id)),
	);

	app.put(
		"/api/edge/cameras/:id/live",
		{
			config: { access: "edge" },
			bodyLimit: 2 * maxPictureBytes,
			schema: {
				tags: ["edge"],
				summary: "A look and what the rules make of it, while somebody watches",
				params: cameraParams,
				body: liveBody,
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			takeLive(parts, edgeOf(request), request.params.id, request.body);
			return reply.code(204).send(null);
		},
	);

	app.put(
		"/api/edge/jobs/:id/what-if",
		{
			config: { access: "edge" },
			bodyLimit: maxPictureBytes,
			schema: {
				tags: ["edge"],
				summary: "What the last hour would have raised",
				params: madeParams,
				body: whatIfResultBody,
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			finishWhatIf(parts, edgeOf(request), request.params.id, request.body);
			return reply.code(204).send(null);
		},
	);
}

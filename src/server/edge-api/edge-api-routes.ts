import { z } from "zod";
import { configAppliedBody, edgeConfigAnswer, maxPictureBytes, trustHeader } from "#contract/edge-api.ts";
import { jobAnswer, jobResultBody } from "#contract/edge-jobs.ts";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "#contract/ids.ts";
import { noteTrust } from "../edges/edges-store.ts";
import type { App } from "../http/app-type.ts";
import { edgeOf } from "../http/guard.ts";
import { fetchJob, finishJob } from "../probes/probes-actions.ts";
import type { ServerParts } from "../server-parts.ts";
import { noteAppliedConfig, readEdgeConfig, takePicture } from "./edge-api-actions.ts";

const tags = ["edge"];
const config = { access: "edge" } as const;
const jobParams = z.object({ id: madeIdSchema });
const cameraParams = z.object({ id: idSchema });
const trustHeaders = z.object({ [trustHeader]: sha256Schema.optional() });
const pictureHeaders = z.object({ "x-captured-at": z.coerce.number().pipe(instantSchema) });

/** What edge workers call, each with its own bearer token, and each for its own cameras and jobs alone. */
export function edgeApiRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/edge/config",
		{
			config,
			schema: { tags, summary: "What the edge is to do", headers: trustHeaders, response: { 200: edgeConfigAnswer } },
		},
		async (request, reply) => {
			const trusts = request.headers[trustHeader];
			if (trusts !== undefined) noteTrust(parts.store, edgeOf(request).id, trusts);
			return reply.header("cache-control", "no-store").send(readEdgeConfig(parts, edgeOf(request)));
		},
	);

	app.post(
		"/api/edge/config/applied",
		{
			config,
			schema: { tags, summary: "It does it now", body: configAppliedBody, response: { 204: z.null() } },
		},
		async (request, reply) => {
			noteAppliedConfig(parts, edgeOf(request), request.body.revision);
			return reply.code(204).send(null);
		},
	);

	app.get(
		"/api/edge/jobs/:id",
		{ config, schema: { tags, summary: "A job", params: jobParams, response: { 200: jobAnswer } } },
		async (request, reply) =>
			reply.header("cache-control", "no-store").send(fetchJob(parts, edgeOf(request), request.params.id)),
	);

	app.put(
		"/api/edge/jobs/:id/result",
		{
			config,
			bodyLimit: 2 * maxPictureBytes,
			schema: { tags, summary: "What came of it", params: jobParams, body: jobResultBody, response: { 204: z.null() } },
		},
		async (request, reply) => {
			finishJob(parts, edgeOf(request), request.params.id, request.body);
			return reply.code(204).send(null);
		},
	);

	app.put(
		"/api/edge/cameras/:id/picture",
		{
			config,
			bodyLimit: maxPictureBytes,
			schema: {
				tags,
				summary: "The last analysed frame",
				consumes: ["image/jpeg"],
				params: cameraParams,
				headers: pictureHeaders,
				body: z.instanceof(Buffer, { error: "must be sent as image/jpeg" }),
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			const capturedAt = request.headers["x-captured-at"];
			await takePicture(parts, edgeOf(request), { cameraId: request.params.id, capturedAt, jpeg: request.body });
			return reply.code(204).send(null);
		},
	);
}

import { z } from "zod";
import { probeAnswer, probeBody } from "#contract/probes-api.ts";
import { madeIdSchema } from "#contract/ids.ts";
import type { App } from "../http/app-type.ts";
import type { ServerParts } from "../server-parts.ts";
import { readProbe, startProbe } from "./probes-actions.ts";

const tags = ["cameras"];

export function probesRoutes(app: App, parts: ServerParts): void {
	app.post(
		"/api/probes",
		{
			config: { access: { right: "configure", of: { "body.edgeId": "edge", "body.cameraId": "camera" } } },
			schema: { tags, summary: "Connect and show me a picture", body: probeBody, response: { 202: probeAnswer } },
		},
		async (request, reply) => reply.code(202).send(startProbe(parts, request.body)),
	);

	app.get(
		"/api/probes/:id",
		{
			config: { access: { right: "configure", of: { id: "probe" } } },
			schema: {
				tags,
				summary: "What came of it",
				params: z.object({ id: madeIdSchema }),
				response: { 200: probeAnswer },
			},
		},
		async (request, reply) => reply.header("cache-control", "no-store").send(readProbe(parts, request.params.id)),
	);
}

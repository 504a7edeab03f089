import websocket from "@fastify/websocket";
import { z } from "zod";
import { idSchema, madeIdSchema } from "#contract/ids.ts";
import { maxStreamMessageBytes, streamForms } from "#contract/live-stream.ts";
import { requireCamera } from "../cameras/cameras-actions.ts";
import type { App } from "../http/app-type.ts";
import { notFound } from "../http/api-error.ts";
import { edgeOf, findSession, personOf } from "../http/guard.ts";
import { reaches } from "../scope/reach.ts";
import type { ServerParts } from "../server-parts.ts";
import { streamHubOf } from "./stream-hub.ts";

const cameraParams = z.object({ id: idSchema });
const jobParams = z.object({ id: madeIdSchema });
const query = z.object({ form: z.enum(streamForms).default("copy") });

/** Before the guard: so a connection that the guard refuses is closed, and not left half open. */
export async function installWebSocket(app: App): Promise<void> {
	await app.register(websocket, {
		options: { maxPayload: maxStreamMessageBytes, perMessageDeflate: false }, // video does not get smaller
		errorHandler: (error, socket, request) => {
			request.log.debug({ err: error }, "a live connection broke off");
			socket.terminate();
		},
	});
}

/** Live video, in from edges and out to pages. Who may not, is refused before the connection becomes a WebSocket. */
export function streamRoutes(app: App, parts: ServerParts): void {
	const hub = streamHubOf(parts);
	app.addHook("preClose", async () => hub.close());

	app.get(
		"/api/cameras/:id/stream",
		{
			websocket: true,
			config: { access: { right: "watch", of: { id: "camera" } } },
			schema: {
				tags: ["cameras"],
				summary: "Live video over WebSocket: src/contract/live-stream.ts",
				params: cameraParams,
				querystring: query,
			},
			preHandler: async (request) => {
				requireCamera(parts.store, request.params.id);
			},
		},
		(socket, request) => {
			const { id: userId } = personOf(request).user;
			const mayGoOn = () => {
				const person = findSession(request, parts);
				return person?.user.id === userId && reaches(parts, person, ["watch"], "camera", request.params.id);
			};
			const watcher = { userId, mayGoOn };
			hub.watch(socket, requireCamera(parts.store, request.params.id), request.query.form, watcher);
		},
	);

	app.get(
		"/api/edge/streams/:id",
		{
			websocket: true,
			config: { access: "edge" },
			schema: { tags: ["edge"], summary: "A camera's video, for who watches", params: jobParams },
			preHandler: async (request) => {
				if (!hub.findJob(edgeOf(request), request.params.id)) throw notFound("job");
			},
		},
		(socket, request) => {
			if (!hub.takeEdge(socket, edgeOf(request), request.params.id)) socket.close();
		},
	);
}

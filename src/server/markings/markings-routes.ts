import { z } from "zod";
import { idSchema, madeIdSchema } from "#contract/ids.ts";
import {
	markingAnswer,
	markingContentTypes,
	markingKinds,
	markingsAnswer,
	maxMarkingBytes,
} from "#contract/markings-api.ts";
import { notFound } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import { sendFile } from "../http/send-file.ts";
import type { ServerParts } from "../server-parts.ts";
import { removeMarking, requireLane, storeMarking } from "./markings-actions.ts";
import { findMarking, markingFile, markingsOfLane } from "./markings-store.ts";

const tags = ["markings"];
const laneParams = z.object({ id: idSchema });
const kindParams = z.object({ laneId: idSchema, kind: z.enum(markingKinds) });

export function markingsRoutes(app: App, parts: ServerParts): void {
	const { store, config } = parts;

	app.get(
		"/api/lanes/:id/markings",
		{
			config: { access: { right: "watch", of: { id: "lane" } } },
			schema: {
				tags,
				summary: "Photos of a lane's marking and sign",
				params: laneParams,
				response: { 200: markingsAnswer },
			},
		},
		async (request) => {
			requireLane(store, request.params.id);
			return { markings: markingsOfLane(store, request.params.id) };
		},
	);

	app.put(
		"/api/lanes/:laneId/markings/:kind",
		{
			config: { access: { right: "configure", of: { laneId: "lane" } } },
			bodyLimit: maxMarkingBytes,
			schema: {
				tags,
				summary: "A photo of the marking or the sign; takes the place of the one before",
				consumes: [...markingContentTypes],
				params: kindParams,
				body: z.instanceof(Buffer, { error: "must be sent as image/jpeg or image/png" }),
				response: { 200: markingAnswer },
			},
		},
		async (request) => storeMarking(parts, request.params, request.body, personOf(request)),
	);

	app.delete(
		"/api/lanes/:laneId/markings/:kind",
		{
			config: { access: { right: "configure", of: { laneId: "lane" } } },
			schema: { tags, summary: "Remove it", params: kindParams, response: { 204: z.null() } },
		},
		async (request, reply) => {
			await removeMarking(parts, request.params, personOf(request));
			return reply.code(204).send(null);
		},
	);

	app.get(
		"/api/markings/:id",
		{
			config: { access: { right: "watch", of: { id: "marking" } } },
			schema: { tags, summary: "The picture", params: z.object({ id: madeIdSchema }) },
		},
		async (request, reply) => {
			const marking = findMarking(store, request.params.id);
			if (!marking) throw notFound("photo");
			const { id, bytes, contentType, sha256 } = marking;
			const file = markingFile(config.dataFolder, id);
			return sendFile(request, reply, { file, bytes, contentType, etag: `"${sha256}"`, name: `${id}.jpg` });
		},
	);
}

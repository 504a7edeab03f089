import { z } from "zod";
import { drillAnswer, drillBody, drillsAnswer, drillsQuery } from "#contract/drills-api.ts";
import { maxPhotoBytes } from "#contract/guard-api.ts";
import { idSchema, madeIdSchema } from "#contract/ids.ts";
import { notFound } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import { sendFile } from "../http/send-file.ts";
import type { ServerParts } from "../server-parts.ts";
import { inTurn } from "../transfers/in-turn.ts";
import { storeDrillPhoto } from "./drill-photos-actions.ts";
import { drillPhotoFile, findDrillPhoto } from "./drill-photos-store.ts";
import { readDrills, writeDrill } from "./drills-actions.ts";

const tags = ["drills"];
const params = z.object({ siteId: idSchema, name: madeIdSchema });

/** What drills found, and each station's weeks. */
export function drillsRoutes(app: App, parts: ServerParts): void {
	const { store, config, now } = parts;
	const oneAtATime = inTurn(); // decoding takes memory, and the same photo may come twice at once

	app.get(
		"/api/drills",
		{
			config: { access: { right: "drill" } },
			schema: {
				tags,
				summary: "Records of drills, newest first, and each station's weeks",
				querystring: drillsQuery,
				response: { 200: drillsAnswer },
			},
		},
		async (request) => readDrills(store, request.query, personOf(request), now()),
	);

	app.put(
		"/api/sites/:siteId/drills/:name",
		{
			config: { access: { right: "drill", of: { siteId: "site" } } },
			schema: {
				tags,
				summary: "Record a drill, or correct a record by another; the same id again adds nothing",
				params,
				body: drillBody,
				response: { 200: drillAnswer, 201: drillAnswer },
			},
		},
		async (request, reply) => {
			const { siteId, name: drillId } = request.params;
			const { added, answer } = writeDrill(parts, { siteId, drillId }, request.body, personOf(request));
			return reply.code(added ? 201 : 200).send(answer);
		},
	);

	app.put(
		"/api/sites/:siteId/drill-photos/:name",
		{
			config: { access: { right: "drill", of: { siteId: "site" } } },
			bodyLimit: maxPhotoBytes,
			schema: {
				tags,
				summary: "A photo of a drill, before the record that names it; the same id again adds nothing",
				consumes: ["image/jpeg", "image/png"],
				params,
				body: z.instanceof(Buffer, { error: "must be sent as image/jpeg or image/png" }),
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			const { siteId, name: photoId } = request.params;
			await oneAtATime(() => storeDrillPhoto(parts, { siteId, photoId }, request.body, personOf(request)));
			return reply.code(204).send(null);
		},
	);

	app.get(
		"/api/sites/:siteId/drill-photos/:name",
		{
			config: { access: { right: "drill", of: { siteId: "site" } } },
			schema: { tags, summary: "The picture", params },
		},
		async (request, reply) => {
			const photo = findDrillPhoto(store, request.params.name);
			if (!photo || photo.siteId !== request.params.siteId) throw notFound("photo");
			const { id, bytes, sha256 } = photo;
			const file = drillPhotoFile(config.dataFolder, id);
			return sendFile(request, reply, {
				...{ file, bytes, contentType: "image/jpeg", etag: `"${sha256}"`, name: `${id}.jpg` },
			});
		},
	);
}

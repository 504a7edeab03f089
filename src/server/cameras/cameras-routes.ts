import { z } from "zod";
import {
	cameraAnswer,
	cameraBody,
	cameraPatch,
	camerasAnswer,
	zonesBody,
	zonesSavedAnswer,
} from "#contract/cameras-api.ts";
import { idSchema } from "#contract/ids.ts";
import { ApiError } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { dropPicture, readPicture } from "./camera-pictures.ts";
import { addCamera, changeCamera, removeCamera, requireCamera, saveZones } from "./cameras-actions.ts";
import { cameraAnswerOf, listCameras } from "./cameras-store.ts";
import { confirmView } from "./confirm-view.ts";

const tags = ["cameras"];
const params = z.object({ id: idSchema });

export function camerasRoutes(app: App, parts: ServerParts): void {
	const { store, config } = parts;

	app.get(
		"/api/cameras",
		{
			config: { access: { right: "watch" } },
			schema: { tags, summary: "All cameras", response: { 200: camerasAnswer } },
		},
		async (request) => ({
			cameras: listCameras(store, personOf(request).sites).map((camera) => cameraAnswerOf(store, camera)),
		}),
	);

	app.get(
		"/api/cameras/:id",
		{
			config: { access: { right: "watch", of: { id: "camera" } } },
			schema: { tags, summary: "One camera with its zones", params, response: { 200: cameraAnswer } },
		},
		async (request) => cameraAnswerOf(store, requireCamera(store, request.params.id)),
	);

	app.post(
		"/api/cameras",
		{
			config: { access: { right: "configure", of: { "body.edgeId": "edge" } } },
			schema: { tags, summary: "Add a camera", body: cameraBody, response: { 201: cameraAnswer } },
		},
		async (request, reply) => reply.code(201).send(addCamera(parts, request.body)),
	);

	app.patch(
		"/api/cameras/:id",
		{
			config: { access: { right: "configure", of: { id: "camera" } } },
			schema: { tags, summary: "Change a camera", params, body: cameraPatch, response: { 200: cameraAnswer } },
		},
		async (request) => changeCamera(parts, request.params.id, request.body),
	);

	app.delete(
		"/api/cameras/:id",
		{
			config: { access: { right: "configure", of: { id: "camera" } } },
			schema: { tags, summary: "Remove a camera and its zones", params, response: { 204: z.null() } },
		},
		async (request, reply) => {
			removeCamera(parts, request.params.id, personOf(request));
			await dropPicture(config.dataFolder, request.params.id);
			return reply.code(204).send(null);
		},
	);

	app.put(
		"/api/cameras/:id/zones",
		{
			config: { access: { right: "configure", of: { id: "camera" } } },
			schema: { tags, summary: "Save all zones", params, body: zonesBody, response: { 200: zonesSavedAnswer } },
		},
		async (request) => saveZones(parts, request.params.id, request.body, personOf(request)),
	);

	app.post(
		"/api/cameras/:id/view-confirmation",
		{
			config: { access: { right: ["handle", "configure"], of: { id: "camera" } } },
			schema: {
				tags,
				summary: "Say that the zones fit the picture of now",
				params,
				response: { 200: cameraAnswer },
			},
		},
		async (request) => confirmView(parts, request.params.id, personOf(request)),
	);

	app.get(
		"/api/cameras/:id/picture",
		{
			config: { access: { right: "watch", of: { id: "camera" } } },
			schema: { tags, summary: "The last picture, image/jpeg", params },
		},
		async (request, reply) => {
			const { id, pictureAt } = requireCamera(store, request.params.id);
			const etag = `"${id}-${pictureAt}"`;
			void reply.header("etag", etag).header("cache-control", "private, no-cache");
			if (pictureAt !== null && request.headers["if-none-match"] === etag) return reply.code(304).send();
			const jpeg = pictureAt === null ? null : await readPicture(config.dataFolder, id);
			if (!jpeg) throw new ApiError(404, "no_picture", "No picture of this camera has come yet.");
			return reply.header("x-captured-at", String(pictureAt)).type("image/jpeg").send(jpeg);
		},
	);
}

import { z } from "zod";
import { dispatchesAnswer, maxPhotoBytes, photoQuery } from "#contract/guard-api.ts";
import { handlingAnswer } from "#contract/handling-api.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { openCases } from "../handovers/open-cases.ts";
import { notFound } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import { sendFile } from "../http/send-file.ts";
import type { ServerParts } from "../server-parts.ts";
import { inTurn } from "../transfers/in-turn.ts";
import { storePhoto } from "./photos-actions.ts";
import { findPhoto, photoFile } from "./photos-store.ts";

const tags = ["guard"];
/** More would not be looked through on a phone. */
const mostCases = 50;

export function guardRoutes(app: App, parts: ServerParts): void {
	const { store, config, now } = parts;
	const oneAtATime = inTurn(); // decoding takes memory, and the same photo may come twice at once

	app.get(
		"/api/dispatches",
		{
			config: { access: { right: ["attend", "handle"] } },
			schema: { tags, summary: "What was given to me, and what else is open", response: { 200: dispatchesAnswer } },
		},
		async (request) => {
			const { user, sites } = personOf(request);
			const cases = openCases(store, sites, mostCases);
			const isMine = ({ handling }: (typeof cases)[number]) => handling.toUserId === user.id;
			return {
				now: now(),
				mine: cases.filter(isMine),
				others: cases.filter((alert) => !isMine(alert) && alert.state === "open"),
			};
		},
	);

	app.put(
		"/api/alerts/:id/handling/photos/:name",
		{
			config: { access: { right: ["attend", "handle"], of: { id: "alert" } } },
			bodyLimit: maxPhotoBytes,
			schema: {
				tags,
				summary: "A photo from the spot; the same id again adds nothing",
				consumes: ["image/jpeg", "image/png"],
				params: z.object({ id: madeIdSchema, name: madeIdSchema }),
				querystring: photoQuery,
				body: z.instanceof(Buffer, { error: "must be sent as image/jpeg or image/png" }),
				response: { 200: handlingAnswer, 201: handlingAnswer },
			},
		},
		async (request, reply) => {
			const { id: alertId, name: photoId } = request.params;
			const place = { alertId, photoId };
			const { added, answer } = await oneAtATime(() =>
				storePhoto(parts, place, request.query, request.body, personOf(request)),
			);
			return reply.code(added ? 201 : 200).send(answer);
		},
	);

	app.get(
		"/api/handling-photos/:id",
		{
			config: { access: { right: "watch", of: { id: "handling_photo" } } },
			schema: { tags, summary: "The picture", params: z.object({ id: madeIdSchema }) },
		},
		async (request, reply) => {
			const photo = findPhoto(store, request.params.id);
			if (!photo) throw notFound("photo");
			const { id, bytes, sha256 } = photo;
			const file = photoFile(config.dataFolder, id);
			return sendFile(request, reply, {
				...{ file, bytes, contentType: "image/jpeg", etag: `"${sha256}"`, name: `${id}.jpg` },
			});
		},
	);
}

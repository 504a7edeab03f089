import { z } from "zod";
import {
	type ExemptStayBody,
	exemptStayBody,
	exemptStaysAnswer,
	exemptStaysQuery,
} from "#contract/exempt-stays-api.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { findCamera } from "../cameras/cameras-store.ts";
import { namesForeignLane } from "../edges/own-ids.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { refuseWhenFull } from "../evidence/refuse-when-full.ts";
import { ApiError } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { edgeOf, personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { edgeOfExemptStay, listExemptStays, putExemptStay } from "./exempt-stays-store.ts";

export function exemptStaysRoutes(app: App, parts: ServerParts): void {
	app.put(
		"/api/edge/exempt-stays/:id",
		{
			config: { access: "edge" },
			schema: {
				tags: ["edge"],
				summary: "A vehicle that stands in a lane and raises no alert, by its plate",
				params: z.object({ id: madeIdSchema }),
				body: exemptStayBody,
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			await refuseWhenFull(parts.config);
			takeExemptStay(parts, edgeOf(request), request.params.id, request.body);
			return reply.code(204).send(null);
		},
	);

	app.get(
		"/api/exempt-stays",
		{
			config: { access: { right: "watch" } },
			schema: {
				tags: ["permits"],
				summary: "Vehicles that stood in a lane and raised no alert, by their plates; newest first",
				querystring: exemptStaysQuery,
				response: { 200: exemptStaysAnswer },
			},
		},
		async (request) => {
			const { laneId, before, limit } = request.query;
			const { sites } = personOf(request);
			const stays = listExemptStays(parts.store, { laneId, before, limit: limit + 1, sites });
			return { stays: stays.slice(0, limit), more: stays.length > limit };
		},
	);
}

/** @throws ApiError 403 where the stay, the camera or the lane is another edge's */
function takeExemptStay({ store, feed, now }: ServerParts, edge: EdgeRow, id: string, body: ExemptStayBody): void {
	store.transaction(() => {
		const owner = edgeOfExemptStay(store, id) ?? findCamera(store, body.cameraId)?.edgeId ?? edge.id;
		const isForeign = owner !== edge.id || [id, body.laneId].some((name) => namesForeignLane(store, edge.id, name));
		if (isForeign) throw new ApiError(403, "not_yours", "This camera or lane is another edge's.");
		const isNew = putExemptStay(store, { id, edgeId: edge.id, body, receivedAt: now() });
		if (isNew) feed.append("lane", body.laneId, now());
	})();
}

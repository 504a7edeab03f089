import { z } from "zod";
import { madeIdSchema } from "#contract/ids.ts";
import { receiverAnswer, receiverBody, receiversAnswer } from "#contract/transfers-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { addReceiver, changeReceiver, removeReceiver } from "./receivers-actions.ts";
import { listReceivers } from "./receivers-store.ts";

const tags = ["transfer"];
const params = z.object({ id: madeIdSchema });

export function receiversRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/receivers",
		{
			config: { access: { right: ["transfer", "administer"] } },
			schema: { tags, summary: "Authorities that clues are handed to", response: { 200: receiversAnswer } },
		},
		async () => ({ receivers: listReceivers(parts.store) }),
	);

	app.post(
		"/api/receivers",
		{
			config: { access: { right: "administer", everySite: true } },
			schema: { tags, summary: "Add one", body: receiverBody, response: { 201: receiverAnswer } },
		},
		async (request, reply) => reply.code(201).send(addReceiver(parts, request.body, personOf(request))),
	);

	app.put(
		"/api/receivers/:id",
		{
			config: { access: { right: "administer", of: { id: "receiver" } } },
			schema: { tags, summary: "Change one", params, body: receiverBody, response: { 200: receiverAnswer } },
		},
		async (request) => changeReceiver(parts, request.params.id, request.body),
	);

	app.delete(
		"/api/receivers/:id",
		{
			config: { access: { right: "administer", of: { id: "receiver" } } },
			schema: { tags, summary: "Take one off the list", params, response: { 204: z.null() } },
		},
		async (request, reply) => {
			removeReceiver(parts, request.params.id);
			return reply.code(204).send(null);
		},
	);
}

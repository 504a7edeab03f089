import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { handlingAnswer, handlingBody, peopleAnswer, placeBody } from "#contract/handling-api.ts";
import { idSchema, madeIdSchema } from "#contract/ids.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { addToHandling, handlingOf } from "./handling-actions.ts";
import { peopleAt } from "./people.ts";
import { setPlace } from "./places-actions.ts";

const tags = ["handling"];
const params = z.object({ id: madeIdSchema });

export function handlingRoutes(app: App, parts: ServerParts): void {
	const { store } = parts;

	app.get(
		"/api/alerts/:id/handling",
		{
			config: { access: { right: "watch", of: { id: "alert" } } },
			schema: { tags, summary: "What was done about an alert", params, response: { 200: handlingAnswer } },
		},
		async (request) => handlingOf(store, request.params.id, personOf(request)),
	);

	app.post(
		"/api/alerts/:id/handling",
		{
			config: { access: { right: ["handle", "attend"], of: { id: "alert" } } },
			schema: {
				tags,
				summary: "Add what was done; the same id again adds nothing",
				params,
				body: handlingBody,
				response: { 200: handlingAnswer, 201: handlingAnswer, 409: errorAnswer },
			},
		},
		async (request, reply) => {
			const { added, answer } = addToHandling(parts, request.params.id, request.body, personOf(request));
			return reply.code(added ? 201 : 200).send(answer);
		},
	);

	app.get(
		"/api/handling/people",
		{
			config: { access: { right: ["handle", "attend"] } },
			schema: { tags, summary: "To whom an alert can be given", response: { 200: peopleAnswer } },
		},
		async (request) => ({ people: peopleAt(store, personOf(request).sites) }),
	);

	app.put(
		"/api/lanes/:id/place",
		{
			config: { access: { right: "configure", of: { id: "lane", "body.sameAs": "lane" } } },
			schema: {
				tags,
				summary: "The lane shows the same place as another one",
				params: z.object({ id: idSchema }),
				body: placeBody,
				response: { 204: z.null(), 409: errorAnswer },
			},
		},
		async (request, reply) => {
			setPlace(parts, request.params.id, request.body);
			return reply.code(204).send(null);
		},
	);
}

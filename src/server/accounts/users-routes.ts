import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { passwordAnswer, userAnswer, userBody, userPatch, usersAnswer } from "#contract/users-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { addUser, changeUser, endSessions, renewPassword, resetFactorOf, usersFor } from "./users-actions.ts";

const tags = ["users"];
const params = z.object({ id: madeIdSchema });

export function usersRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/users",
		{
			config: { access: { right: "administer" } },
			schema: { tags, summary: "Who may sign in", response: { 200: usersAnswer } },
		},
		async (request) => ({ users: usersFor(parts, personOf(request)) }),
	);

	app.post(
		"/api/users",
		{
			config: { access: { right: "administer" } },
			schema: { tags, summary: "Add one, with a one-time password", body: userBody, response: { 201: passwordAnswer } },
		},
		async (request, reply) =>
			reply
				.code(201)
				.header("cache-control", "no-store")
				.send(await addUser(parts, request.body, personOf(request))),
	);

	app.patch(
		"/api/users/:id",
		{
			config: { access: { right: "administer", of: { id: "user" } } },
			schema: {
				tags,
				summary: "Another role, other places; disable and enable",
				params,
				body: userPatch,
				response: { 200: userAnswer, 409: errorAnswer },
			},
		},
		async (request) => changeUser(parts, request.params.id, request.body, personOf(request)),
	);

	app.post(
		"/api/users/:id/password",
		{
			config: { access: { right: "administer", of: { id: "user" } } },
			schema: { tags, summary: "A new one-time password", params, response: { 200: passwordAnswer, 409: errorAnswer } },
		},
		async (request, reply) =>
			reply.header("cache-control", "no-store").send(await renewPassword(parts, request.params.id, personOf(request))),
	);

	app.delete(
		"/api/users/:id/sessions",
		{
			config: { access: { right: "administer", of: { id: "user" } } },
			schema: { tags, summary: "Sign a user out everywhere", params, response: { 204: z.null() } },
		},
		async (request, reply) => {
			endSessions(parts, request.params.id);
			return reply.code(204).send(null);
		},
	);

	app.delete(
		"/api/users/:id/factor",
		{
			config: { access: { right: "administer", of: { id: "user" } } },
			schema: {
				...{ tags, summary: "Reset the second factor of a lost telephone", params },
				response: { 204: z.null(), 409: errorAnswer },
			},
		},
		async (request, reply) => {
			resetFactorOf(parts, request.params.id, personOf(request));
			return reply.code(204).send(null);
		},
	);
}

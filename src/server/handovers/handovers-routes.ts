import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { handoverAnswer, handoverBody, handoversAnswer, openCasesAnswer } from "#contract/handovers-api.ts";
import { countedIdSchema } from "#contract/ids.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { giveHandover, takeHandover, withdrawHandover } from "./handovers-actions.ts";
import { listHandovers } from "./handovers-store.ts";
import { openCases } from "./open-cases.ts";

const tags = ["handling"];
const params = z.object({ id: countedIdSchema });
const mostCases = 100;
const mostHandovers = 50;

export function handoversRoutes(app: App, parts: ServerParts): void {
	const { store } = parts;

	app.get(
		"/api/open-cases",
		{
			config: { access: { right: "handle" } },
			schema: { tags, summary: "What is not done yet", response: { 200: openCasesAnswer } },
		},
		async (request) => {
			const cases = openCases(store, personOf(request).sites, mostCases + 1);
			return { cases: cases.slice(0, mostCases), more: cases.length > mostCases };
		},
	);

	app.get(
		"/api/handovers",
		{
			config: { access: { right: "handle" } },
			schema: { tags, summary: "Changes of shifts, newest first", response: { 200: handoversAnswer } },
		},
		async (request) => ({ handovers: listHandovers(store, personOf(request).sites, mostHandovers) }),
	);

	app.post(
		"/api/handovers",
		{
			config: { access: { right: "handle" } },
			schema: {
				tags,
				summary: "Hand the shift over",
				body: handoverBody,
				response: { 201: handoverAnswer, 409: errorAnswer },
			},
		},
		async (request, reply) => reply.code(201).send(giveHandover(parts, request.body.note, personOf(request))),
	);

	app.post(
		"/api/handovers/:id/taken",
		{
			config: { access: { right: "handle", of: { id: "handover" } } },
			schema: { tags, summary: "Take the shift over", params, response: { 200: handoverAnswer, 409: errorAnswer } },
		},
		async (request) => takeHandover(parts, request.params.id, personOf(request)),
	);

	app.delete(
		"/api/handovers/:id",
		{
			config: { access: { right: "handle", of: { id: "handover" } } },
			schema: { tags, summary: "Withdraw it", params, response: { 204: z.null(), 409: errorAnswer } },
		},
		async (request, reply) => {
			withdrawHandover(parts, request.params.id, personOf(request));
			return reply.code(204).send(null);
		},
	);
}

import { z } from "zod";
import { clueAnswer, clueSearchAnswer, clueSearchBody, clueVerificationAnswer } from "#contract/clues-api.ts";
import { transferNumberSchema } from "#contract/transfers-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { readClue, searchClues, verifyClue } from "./clues-actions.ts";

const tags = ["clue"];
const params = z.object({ number: transferNumberSchema });

export function cluesRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/clues/:number",
		{
			config: { access: { right: "receive", of: { number: "transfer" } } },
			schema: { tags, summary: "A clue as it was handed over; recorded", params, response: { 200: clueAnswer } },
		},
		async (request) => readClue(parts, request.params.number, personOf(request)),
	);

	app.get(
		"/api/clues/:number/verification",
		{
			config: { access: { right: ["receive", "transfer"], of: { number: "transfer" } } },
			schema: { tags, summary: "Whether it still is what it was", params, response: { 200: clueVerificationAnswer } },
		},
		async (request) => verifyClue(parts, request.params.number),
	);

	app.post(
		"/api/clue-searches",
		{
			config: { access: { right: "receive" } },
			schema: {
				tags,
				summary: "Clues about one plate; recorded, with its reason",
				body: clueSearchBody,
				response: { 200: clueSearchAnswer },
			},
		},
		async (request) => searchClues(parts, request.body, personOf(request)),
	);
}

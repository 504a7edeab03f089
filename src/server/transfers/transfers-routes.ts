import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { madeIdSchema } from "#contract/ids.ts";
import {
	entryBody,
	transferAnswer,
	transferBody,
	transferNumberSchema,
	transferQuestionAnswer,
	transfersAnswer,
	transfersQuery,
} from "#contract/transfers-api.ts";
import { writeZip } from "#platform/zip/write-zip.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import type { ComposePackage } from "../transfer-package/compose-package.ts";
import { inTurn } from "./in-turn.ts";
import { makeTransfer } from "./make-transfer.ts";
import { listTransfers, requireTransfer, transferAnswerOf, transferQuestionOf } from "./transfer-answers.ts";
import { transferReaderOf, transferReaders } from "./transfer-reader.ts";
import { addEntry, exportTransfer } from "./transfers-actions.ts";

const tags = ["transfer"];
const alertParams = z.object({ id: madeIdSchema });
const params = z.object({ number: transferNumberSchema });

export function transfersRoutes(app: App, parts: ServerParts, compose: ComposePackage): void {
	const oneAtATime = inTurn();

	app.get(
		"/api/alerts/:id/transfer",
		{
			config: { access: { right: ["confirm", "transfer"], of: { id: "alert" } } },
			schema: {
				tags,
				summary: "What is missing for a transfer, and where it went",
				params: alertParams,
				response: { 200: transferQuestionAnswer },
			},
		},
		async (request) => transferQuestionOf(parts, requireAlert(parts.store, request.params.id)),
	);

	app.post(
		"/api/alerts/:id/transfer",
		{
			config: { access: { right: "transfer", of: { id: "alert" } } },
			schema: {
				tags,
				summary: "Hand the clue to an authority",
				params: alertParams,
				body: transferBody,
				response: { 201: transferAnswer, 409: errorAnswer },
			},
		},
		async (request, reply) => {
			const { params, body } = request;
			const made = await oneAtATime(() => makeTransfer(parts, compose, params.id, body, personOf(request)));
			return reply.code(201).send(transferAnswerOf(parts, made));
		},
	);

	app.get(
		"/api/transfers",
		{
			config: { access: { right: transferReaders } },
			schema: {
				tags,
				summary: "Transfers, newest first",
				querystring: transfersQuery,
				response: { 200: transfersAnswer },
			},
		},
		async (request) => listTransfers(parts, request.query, transferReaderOf(personOf(request))),
	);

	app.get(
		"/api/transfers/:number",
		{
			config: { access: { right: transferReaders, of: { number: "transfer" } } },
			schema: { tags, summary: "One transfer", params, response: { 200: transferAnswer } },
		},
		async (request) => transferAnswerOf(parts, requireTransfer(parts.store, request.params.number)),
	);

	app.get(
		"/api/transfers/:number/package",
		{
			config: { access: { right: ["transfer", "receive"], of: { number: "transfer" } } },
			schema: { tags, summary: "Its package as one zip, as it was frozen; recorded", params },
		},
		async (request, reply) => {
			const { row, files } = await exportTransfer(parts, request.params.number, personOf(request));
			const zip = await writeZip(files);
			return reply
				.header("cache-control", "no-store")
				.header("content-disposition", `attachment; filename="${row.number}.zip"`)
				.header("content-length", zip.bytes)
				.type("application/zip")
				.send(zip.stream);
		},
	);

	app.post(
		"/api/transfers/:number/entries",
		{
			config: { access: { right: ["transfer", "receive"], of: { number: "transfer" } } },
			schema: {
				tags,
				summary: "What the receiver let us know",
				params,
				body: entryBody,
				response: { 201: transferAnswer, 409: errorAnswer },
			},
		},
		async (request, reply) =>
			reply.code(201).send(addEntry(parts, request.params.number, request.body, personOf(request))),
	);
}

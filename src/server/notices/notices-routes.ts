import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { noticeAnswer, noticeBody, noticeQuery, noticesAnswer } from "#contract/notices-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { readNotices, sendNotice, slipFacts } from "./notices-actions.ts";
import { writeSlip } from "./write-slip.ts";

const tags = ["notices"];
const params = z.object({ id: madeIdSchema });

export function noticesRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/alerts/:id/notices",
		{
			config: { access: { right: "handle", of: { id: "alert" } } },
			schema: {
				tags,
				summary: "The words of a notice to the driver, and what was sent",
				params,
				querystring: noticeQuery,
				response: { 200: noticesAnswer },
			},
		},
		async (request, reply) =>
			reply.header("cache-control", "no-store").send(readNotices(parts, request.params.id, request.query.plate)),
	);

	app.post(
		"/api/alerts/:id/notices",
		{
			config: { access: { right: "handle", of: { id: "alert" } } },
			schema: {
				tags,
				summary: "Ask the driver to move the vehicle",
				params,
				body: noticeBody,
				response: { 201: noticeAnswer, 409: errorAnswer },
			},
		},
		async (request, reply) =>
			reply.code(201).send(sendNotice(parts, request.params.id, request.body, personOf(request))),
	);

	app.get(
		"/api/alerts/:id/notice-slip",
		{
			config: { access: { right: ["handle", "attend"], of: { id: "alert" } } },
			schema: { tags, summary: "A slip for the windscreen, PDF", params, querystring: noticeQuery },
		},
		async (request, reply) => {
			const { id } = request.params;
			const slip = await writeSlip(slipFacts(parts, id, request.query.plate), parts.now());
			return reply
				.header("cache-control", "no-store")
				.header("content-disposition", `inline; filename="${id}.notice.pdf"`)
				.type("application/pdf")
				.send(slip);
		},
	);
}

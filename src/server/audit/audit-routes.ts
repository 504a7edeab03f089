import { auditAnswer, auditQuery, auditTableQuery } from "#contract/audit-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { readAudit, saveAudit } from "./audit-actions.ts";

const tags = ["audit"];

export function auditRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/audit",
		{
			config: { access: { right: "audit" } },
			schema: {
				tags,
				summary: "Who did what with what, newest first",
				querystring: auditQuery,
				response: { 200: auditAnswer },
			},
		},
		async (request, reply) =>
			reply.header("cache-control", "no-store").send(readAudit(parts, request.query, personOf(request))),
	);

	app.get(
		"/api/audit/table",
		{
			config: { access: { right: "audit" } },
			schema: { tags, summary: "The same as CSV; recorded, with its reason", querystring: auditTableQuery },
		},
		async (request, reply) =>
			reply
				.header("cache-control", "no-store")
				.header("content-disposition", 'attachment; filename="keepclear-audit.csv"')
				.type("text/csv; charset=utf-8")
				.send(saveAudit(parts, request.query, personOf(request))),
	);
}

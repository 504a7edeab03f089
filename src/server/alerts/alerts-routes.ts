import { z } from "zod";
import { alertAnswer, alertsAnswer, alertsQuery } from "#contract/alerts-api.ts";
import { madeIdSchema } from "#contract/ids.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { requireAlert } from "./alerts-actions.ts";
import { listAlerts } from "./alerts-store.ts";

const tags = ["alerts"];
const params = z.object({ id: madeIdSchema });

export function alertsRoutes(app: App, parts: ServerParts): void {
	const { store } = parts;

	app.get(
		"/api/alerts",
		{
			config: { access: { right: "watch" } },
			schema: { tags, summary: "Alerts, newest first", querystring: alertsQuery, response: { 200: alertsAnswer } },
		},
		async (request) => {
			const { query } = request;
			const alerts = listAlerts(store, { ...query, limit: query.limit + 1, sites: personOf(request).sites });
			return { alerts: alerts.slice(0, query.limit), more: alerts.length > query.limit };
		},
	);

	app.get(
		"/api/alerts/:id",
		{
			config: { access: { right: "watch", of: { id: "alert" } } },
			schema: { tags, summary: "One alert with its evidence", params, response: { 200: alertAnswer } },
		},
		async (request) => requireAlert(store, request.params.id),
	);
}

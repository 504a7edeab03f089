import {
	compareAnswer,
	historyAlertsAnswer,
	historyAlertsQuery,
	historyAnswer,
	historyLinesAnswer,
	historyLinesQuery,
	historyPlacesAnswer,
	historyQuery,
	historyTableQuery,
} from "#contract/history-api.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { listHistoryAlerts } from "./history-alerts.ts";
import { readPlaces } from "./history-lanes.ts";
import { saveTable } from "./history-table.ts";
import { compareHistory, readHistory, readLines } from "./read-history.ts";

const tags = ["history"];
const config = { access: { right: "history" } } as const;

export function historyRoutes(app: App, { store, now }: ServerParts): void {
	app.get(
		"/api/history",
		{
			config,
			schema: {
				...{ tags, summary: "How long lanes were occupied, free and unknown; alerts and answers" },
				...{ querystring: historyQuery, response: { 200: historyAnswer } },
			},
		},
		async (request) => readHistory(store, request.query, personOf(request).sites, now()),
	);

	app.get(
		"/api/history/lines",
		{
			config,
			schema: {
				...{ tags, summary: "The same by place, by time, or by what stood there" },
				...{ querystring: historyLinesQuery, response: { 200: historyLinesAnswer } },
			},
		},
		async (request) => readLines(store, request.query, personOf(request).sites, now()),
	);

	app.get(
		"/api/history/compare",
		{
			config,
			schema: {
				...{ tags, summary: "The same of the time before, and of a year ago" },
				...{ querystring: historyQuery, response: { 200: compareAnswer } },
			},
		},
		async (request) => compareHistory(store, request.query, personOf(request).sites, now()),
	);

	app.get(
		"/api/history/alerts",
		{
			config,
			schema: {
				...{ tags, summary: "The alerts that a figure is made of, newest first" },
				...{ querystring: historyAlertsQuery, response: { 200: historyAlertsAnswer } },
			},
		},
		async (request) => listHistoryAlerts(store, request.query, personOf(request).sites),
	);

	app.get(
		"/api/history/places",
		{
			config,
			schema: {
				...{ tags, summary: "What can be chosen as place, class and time" },
				response: { 200: historyPlacesAnswer },
			},
		},
		async (request) => readPlaces(store, personOf(request).sites, now()),
	);

	app.get(
		"/api/history/table",
		{
			config,
			schema: { tags, summary: "A table of it, to be saved: CSV or xlsx", querystring: historyTableQuery },
		},
		async (request, reply) => {
			const { sites } = personOf(request);
			const { name, contentType, content } = await saveTable(store, request.query, sites, now());
			return reply
				.header("cache-control", "no-store")
				.header("content-disposition", `attachment; filename="${name}"`)
				.type(contentType)
				.send(content);
		},
	);
}

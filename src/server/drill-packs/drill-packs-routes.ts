import { z } from "zod";
import {
	callAnswer,
	callSitesAnswer,
	chanceAnswer,
	chanceQuery,
	drillPackAnswer,
	paperQuery,
} from "#contract/drill-packs-api.ts";
import { idSchema } from "#contract/ids.ts";
import { ApiError } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { inTurn } from "../transfers/in-turn.ts";
import { listCallSites } from "./call-store.ts";
import { packPaper } from "./pack-paper.ts";
import { readCall } from "./read-call.ts";
import { readChance, readPack } from "./read-pack.ts";
import { smallPictureOf } from "./small-picture.ts";

const tags = ["fire station"];
const params = z.object({ siteId: idSchema });
const config = { access: { right: "drill", of: { siteId: "site" } } } as const;

/** What a fire station reads before it goes somewhere, and while it is called there. */
export function drillPacksRoutes(app: App, { store, config: { dataFolder }, now }: ServerParts): void {
	app.get(
		"/api/call/sites",
		{
			config: { access: { right: "drill" } },
			schema: { tags, summary: "Sites to choose from", response: { 200: callSitesAnswer } },
		},
		async (request) => ({ sites: listCallSites(store, personOf(request).sites) }),
	);

	app.get(
		"/api/sites/:siteId/call",
		{ config, schema: { tags, summary: "Every lane at this minute", params, response: { 200: callAnswer } } },
		async (request) => readCall(store, request.params.siteId, now()),
	);

	app.get(
		"/api/lanes/:laneId/small-picture",
		{
			config: { access: { right: "drill", of: { laneId: "lane" } } },
			schema: {
				tags,
				summary: "The last picture of a lane, too small for a plate to be read",
				params: z.object({ laneId: idSchema }),
			},
		},
		async (request, reply) => {
			const picture = await smallPictureOf(store, dataFolder, request.params.laneId);
			if (!picture) throw new ApiError(404, "no_picture", "No picture of this lane has come yet.");
			return reply
				.header("x-captured-at", String(picture.capturedAt))
				.header("cache-control", "private, max-age=60")
				.type("image/jpeg")
				.send(picture.jpeg);
		},
	);

	app.get(
		"/api/sites/:siteId/drill-pack",
		{
			config,
			schema: { tags, summary: "What to know before a drill", params, response: { 200: drillPackAnswer } },
		},
		async (request) => readPack(store, request.params.siteId, now()),
	);

	app.get(
		"/api/sites/:siteId/drill-pack/chance",
		{
			config,
			schema: {
				tags,
				summary: "How likely ways and lanes are free at a chosen hour",
				params,
				querystring: chanceQuery,
				response: { 200: chanceAnswer },
			},
		},
		async (request) => readChance(store, request.params.siteId, request.query, now()),
	);

	const oneAtATime = inTurn(); // each takes a second of work
	app.get(
		"/api/sites/:siteId/drill-pack/paper",
		{
			config,
			schema: { tags, summary: "The same on paper, as PDF", params, querystring: paperQuery },
		},
		async (request, reply) => {
			const { siteId } = request.params;
			const { language, hour } = request.query;
			const pdf = await oneAtATime(() => packPaper(store, dataFolder, siteId, { language, hour, now: now() }));
			return reply
				.header("cache-control", "no-store")
				.header("content-disposition", `attachment; filename="drill-pack-${siteId}.pdf"`)
				.type("application/pdf")
				.send(pdf);
		},
	);
}

import { z } from "zod";
import { madeIdSchema } from "#contract/ids.ts";
import { custodyAnswer } from "#contract/ledger.ts";
import type { App } from "../http/app-type.ts";
import type { ServerParts } from "../server-parts.ts";
import { readCustody } from "./ledger-actions.ts";

const params = z.object({ id: madeIdSchema });

export function ledgerRoutes(app: App, { store }: ServerParts): void {
	app.get(
		"/api/alerts/:id/custody",
		{
			config: { access: { right: ["export", "audit"], of: { id: "alert" } } },
			schema: {
				tags: ["evidence"],
				summary: "Who did what with it, and why",
				params,
				response: { 200: custodyAnswer },
			},
		},
		async (request, reply) => reply.header("cache-control", "no-store").send(readCustody(store, request.params.id)),
	);
}

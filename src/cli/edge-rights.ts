import type { Command } from "commander";
import { InputError } from "#platform/input-error.ts";
import { makeCode } from "../server/enrolment/enrolment-actions.ts";
import { revokeEdge } from "../server/edges/edges-actions.ts";
import { listEdges } from "../server/edges/edges-store.ts";
import { ApiError } from "../server/http/api-error.ts";
import { everySite } from "../server/scope/visible-sites.ts";
import { Feed } from "../server/store/feed.ts";
import type { Store } from "../server/store/open-store.ts";
import { type ServerFileOption, withStore } from "./with-store.ts";

const config = ["--config <file>", "the server's configuration; the server may run"] as const;
const by = { kind: "system", id: "command line" } as const;

/** What the server's administrator does about edges without the page. */
export function registerEdgeRights(edge: Command): void {
	edge
		.command("code <id>")
		.description("on the server: a one-time code by which the edge gets its credentials; another one of it ends")
		.requiredOption(...config)
		.action((id: string, options: ServerFileOption) =>
			withStore(options, async (store) => {
				const { code, until } = refusing(() => makeCode(partsOf(store), id, by));
				console.log(`Code (shown once, until ${new Date(until).toISOString()}): ${code}`);
				console.log("On the edge: keepclear enrol --config FILE --server URL");
			}),
		);

	edge
		.command("revoke <id>")
		.description("on the server: shuts an edge out at once; a new code alone lets it in again")
		.requiredOption(...config)
		.option("--reason <text>", "stands in the ledger")
		.action((id: string, options: ServerFileOption & { reason?: string }) =>
			withStore(options, async (store) => {
				refusing(() => revokeEdge(partsOf(store), id, { by, reason: options.reason }));
				console.log(`${id} is shut out; its lanes are unknown.`);
			}),
		);

	edge
		.command("list")
		.description("on the server: all edges")
		.requiredOption(...config)
		.action((options: ServerFileOption) =>
			withStore(options, async (store) => {
				for (const { id, siteId, name, state, revokedAt } of listEdges(store, everySite)) {
					console.log([id, siteId, name, revokedAt === null ? state : "revoked"].join("\t"));
				}
			}),
		);
}

const partsOf = (store: Store) => ({ store, feed: new Feed(store), now: Date.now });

/** What a person is refused on the page is refused here in the same words. */
function refusing<T>(act: () => T): T {
	try {
		return act();
	} catch (error) {
		throw error instanceof ApiError ? new InputError(error.message, { cause: error }) : error;
	}
}

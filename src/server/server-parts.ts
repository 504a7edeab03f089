import type { Logger } from "#platform/log.ts";
import type { ServerConfig } from "./config.ts";
import type { EdgeNotifier } from "./edges/edge-notifier.ts";
import type { Feed } from "./store/feed.ts";
import type { Store } from "./store/open-store.ts";

export interface ForEdges {
	/** Our own broker. Null: another one, which an edge's administrator knows. */
	readonly mqtt: { readonly port: number; readonly tls: boolean } | null;
	/** PEM of who signed our certificates, where that is nobody whom machines know anyway; of now, as it may be exchanged. */
	readonly authority: string | null;
}

/** What routes and actions work with; built by main.ts, by hand. */
export interface ServerParts {
	readonly config: ServerConfig;
	readonly store: Store;
	readonly feed: Feed;
	readonly notifier: EdgeNotifier;
	/** What an edge is told when it enrols. */
	readonly forEdges: ForEdges;
	readonly log: Logger;
	/** Unix milliseconds. */
	readonly now: () => number;
	/** The folder of the built page. */
	readonly pageFolder: string;
}

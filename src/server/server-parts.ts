import type { Logger } from "#platform/log.ts";
import type { ServerConfig } from "./config.ts";
import type { EdgeNotifier } from "./edges/edge-notifier.ts";
import type { Feed } from "./store/feed.ts";
import type { Store } from "./store/open-store.ts";

/** What routes and actions work with; built by main.ts, by hand. */
export interface ServerParts {
	readonly config: ServerConfig;
	readonly store: Store;
	readonly feed: Feed;
	readonly notifier: EdgeNotifier;
	readonly log: Logger;
	/** Unix milliseconds. */
	readonly now: () => number;
	/** The folder of the built page. */
	readonly pageFolder: string;
}

import type { Logger } from "#platform/log.ts";
import type { EdgeNotifier } from "../edges/edge-notifier.ts";
import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";

export interface IngestOptions {
	readonly store: Store;
	readonly feed: Feed;
	/** `ca`: PEM text. */
	readonly mqtt: {
		readonly url: string;
		readonly username: string;
		readonly password: string;
		readonly ca?: string | null;
	};
	readonly log: Logger;
}

export interface Ingest extends EdgeNotifier {
	run(signal: AbortSignal): Promise<void>;
}

export function startIngest(options: IngestOptions): Ingest {
	void options;
	throw new Error("not yet built");
}

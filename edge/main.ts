import type { Logger } from "#platform/log.ts";
import type { EdgeConfig } from "./config.ts";

/** The whole edge worker. Resolves when `signal` was aborted and everything has stopped. */
export async function runEdge(
	config: EdgeConfig,
	{ log, signal }: { log: Logger; signal: AbortSignal },
): Promise<void> {
	log.info({ edgeId: config.edgeId }, "starting");
	signal.throwIfAborted();
}

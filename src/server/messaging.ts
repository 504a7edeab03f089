import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import type { ServerConfig } from "./config.ts";
import type { EdgeNotifier } from "./edges/edge-notifier.ts";
import type { Feed } from "./store/feed.ts";
import type { Store } from "./store/open-store.ts";

export interface Messaging {
	/** Where edges on this machine connect. */
	readonly url: string;
	readonly notifier: EdgeNotifier;
	run(signal: AbortSignal): Promise<void>;
}

/** The broker (ours or another) and the server's own connection to it. */
export async function prepareMessaging(
	config: ServerConfig,
	parts: { store: Store; feed: Feed; log: Logger; databaseFile: string },
): Promise<Messaging> {
	parts.log.warn("the broker is not wired yet");
	const url = config.mqtt.kind === "external" ? config.mqtt.url : `mqtt://${config.mqtt.host}:${config.mqtt.port}`;
	return {
		url,
		notifier: { connected: false, publishConfig: () => {}, publishJob: () => {} },
		run: (signal) => wait(2 ** 31 - 1, signal),
	};
}

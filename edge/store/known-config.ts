import { type EdgeConfigAnswer, edgeConfigAnswer } from "#contract/edge-api.ts";
import type { Logger } from "#platform/log.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** The last configuration that the server gave: with it the edge starts and works while the server is away. */
export class KnownConfig {
	readonly #store: EdgeStore;
	readonly #log: Logger;

	constructor(store: EdgeStore, log: Logger) {
		this.#store = store;
		this.#log = log;
	}

	save(config: EdgeConfigAnswer, at: number): void {
		this.#store
			.prepare(
				`INSERT INTO known_config VALUES (1, ?, ?)
				ON CONFLICT (only) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
			)
			.run(JSON.stringify(config), at);
	}

	load(): EdgeConfigAnswer | undefined {
		const body = this.#store.prepare("SELECT body FROM known_config").pluck().get() as string | undefined;
		if (body === undefined) return undefined;
		const parsed = edgeConfigAnswer.safeParse(JSON.parse(body));
		if (parsed.success) return parsed.data;
		this.#log.warn(
			"the stored configuration is of another version: the cameras start when the server has given a new one",
		);
		return undefined;
	}
}

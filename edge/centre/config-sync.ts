import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { Logger } from "#platform/log.ts";
import { Bell } from "../bell.ts";
import type { KnownConfig } from "../store/known-config.ts";
import type { ServerClient } from "./server-client.ts";
import type { ServerTrust } from "./server-trust.ts";

const askEveryMs = 60_000;
const tryAgainMs = 5_000;

export interface ConfigSyncParts {
	readonly server: ServerClient;
	/** Absent: nobody is to be trusted that was not before. */
	readonly trust?: ServerTrust;
	readonly known: KnownConfig;
	/** Makes the cameras work by this configuration. Resolves when they do. */
	readonly adopt: (config: EdgeConfigAnswer) => Promise<void>;
	readonly log: Logger;
}

/**
 * Keeps the cameras at the server's configuration: asks at the start, when told of a new revision, and once a minute in
 * case that was missed. Starts with the configuration last known, so the edge watches while the server is away.
 */
export class ConfigSync {
	readonly #parts: ConfigSyncParts;
	#adopted = -1;
	/** Highest revision whose adoption the server has heard of. */
	#reported = -1;
	readonly #news = new Bell();

	constructor(parts: ConfigSyncParts) {
		this.#parts = parts;
	}

	/** The server says that there is a configuration of this revision. */
	announced(revision: number): void {
		if (revision !== this.#adopted) this.#news.ring();
	}

	async run(signal: AbortSignal): Promise<void> {
		await this.#begin();
		let failing = false;
		while (!signal.aborted) {
			try {
				await this.#synchronise(signal);
				if (failing) this.#parts.log.info("the server answers again");
				failing = false;
			} catch (err) {
				if (signal.aborted) return;
				if (!failing) {
					this.#parts.log.warn(
						{ trouble: (err as Error).message },
						"the configuration cannot be fetched: going on with the one last known",
					);
				}
				failing = true;
			}
			await this.#news.wait(failing ? tryAgainMs : askEveryMs, signal);
		}
	}

	async #begin(): Promise<void> {
		const known = this.#parts.known.load();
		if (known) await this.#adopt(known);
	}

	async #synchronise(signal: AbortSignal): Promise<void> {
		const { server, trust } = this.#parts;
		let config = await server.config(signal, trust?.kept);
		if (await trust?.take(config.authority, signal)) config = await server.config(signal, trust?.kept);
		if (config.revision !== this.#adopted) {
			this.#save(config);
			await this.#adopt(config);
		}
		if (this.#reported !== config.revision) {
			await this.#parts.server.configApplied(config.revision, signal);
			this.#reported = config.revision;
		}
	}

	async #adopt(config: EdgeConfigAnswer): Promise<void> {
		await this.#parts.adopt(config);
		this.#adopted = config.revision;
		this.#parts.log.info({ revision: config.revision, cameras: config.cameras.length }, "a configuration is in force");
	}

	#save(config: EdgeConfigAnswer): void {
		try {
			this.#parts.known.save(config, Date.now());
		} catch (err) {
			this.#parts.log.error({ err }, "the configuration cannot be kept on disk: after a restart the server is needed");
		}
	}
}

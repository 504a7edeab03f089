import { sha256Of } from "#platform/digest.ts";
import type { Logger } from "#platform/log.ts";
import type { EdgeConfig } from "../config.ts";
import { readIdentity, writeIdentity } from "../enrolment/identity.ts";
import { ServerClient } from "./server-client.ts";

/**
 * Whom an enrolled edge trusts to have signed the server's certificate, as the server says over a connection that is trusted
 * already: so its authority can be exchanged without enrolling every edge anew. It is on disk before the server hears of it.
 */
export class ServerTrust {
	readonly #config: EdgeConfig;
	readonly #log: Logger;
	/** It is said once. */
	#complainedOf: string | null = null;

	constructor(config: EdgeConfig, log: Logger) {
		this.#config = config;
		this.#log = log;
	}

	/** SHA-256 of what is kept; null: it was set up by hand, or there is no TLS. */
	get kept(): string | null {
		const { identityFile, server } = this.#config;
		return identityFile === null || server.ca === null ? null : sha256Of(server.ca);
	}

	/** @returns whether another is trusted now, of which the server is to hear; whatever stands against it is tried again */
	async take(authority: string | null, signal: AbortSignal): Promise<boolean> {
		const { identityFile, server } = this.#config;
		if (identityFile === null || authority === null || authority === server.ca) return false;
		if (!server.url.startsWith("https:")) return false;
		try {
			// What would shut us out is no authority of this server, whoever put it there.
			await new ServerClient({ ...server, ca: authority }).config(signal);
			await this.#keep(identityFile, authority);
		} catch (error) {
			if (signal.aborted || authority === this.#complainedOf) return false;
			this.#complainedOf = authority;
			const why = (error as Error).message;
			this.#log.error({ why }, "the authority that the server tells of cannot be taken: the one before is trusted on");
			return false;
		}
		this.#log.info("the authority that the server tells of is trusted from now on");
		return true;
	}

	async #keep(identityFile: string, authority: string): Promise<void> {
		const { server, mqtt } = this.#config;
		const identity = await readIdentity(identityFile);
		const broker = identity.mqtt && { ...identity.mqtt, ca: authority };
		await writeIdentity(identityFile, { ...identity, server: { ...identity.server, ca: authority }, mqtt: broker });
		server.ca = authority;
		if (broker?.url === mqtt.url) mqtt.ca = authority;
	}
}

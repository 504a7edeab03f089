import { type EdgeConfigAnswer, edgeConfigAnswer } from "#contract/edge-api.ts";
import type { Logger } from "#platform/log.ts";
import { isSealed, openWith, sealWith } from "#platform/sealing/seal.ts";
import type { VaultKey } from "#platform/sealing/vault-key.ts";
import type { EdgeStore } from "./open-edge-store.ts";

const place = "known_config.body:1";

/**
 * The last configuration that the server gave: with it the edge starts and works while the server is away. It carries camera
 * passwords, so it lies sealed, with a key in a file of its own.
 */
export class KnownConfig {
	readonly #store: EdgeStore;
	readonly #key: VaultKey;
	readonly #log: Logger;

	constructor(store: EdgeStore, key: VaultKey, log: Logger) {
		this.#store = store;
		this.#key = key;
		this.#log = log;
	}

	save(config: EdgeConfigAnswer, at: number): void {
		this.#put(JSON.stringify(config), at);
	}

	load(): EdgeConfigAnswer | undefined {
		const row = this.#store.prepare<[], Row>("SELECT body, saved_at AS savedAt FROM known_config").get();
		if (!row) return undefined;
		const text = isSealed(row.body) ? this.#open(row.body) : this.#sealOld(row);
		if (text === undefined) return undefined;
		const parsed = edgeConfigAnswer.safeParse(JSON.parse(text));
		if (parsed.success) return parsed.data;
		this.#log.warn(
			"the stored configuration is of another version: the cameras start when the server has given a new one",
		);
		return undefined;
	}

	#open(sealed: string): string | undefined {
		try {
			return openWith(this.#key, sealed, place);
		} catch {
			this.#log.warn(
				"the stored configuration was sealed with another key: the cameras start when the server has given it anew",
			);
			return undefined;
		}
	}

	/** An earlier program kept it in the clear: it is sealed, and none of the file's pages keeps it. */
	#sealOld({ body, savedAt }: Row): string {
		this.#put(body, savedAt);
		try {
			this.#store.exec("VACUUM");
			this.#store.pragma("wal_checkpoint(TRUNCATE)");
		} catch (err) {
			this.#log.warn({ err }, "what an earlier program kept of camera passwords may still lie in the database's file");
		}
		return body;
	}

	#put(text: string, at: number): void {
		this.#store
			.prepare(
				`INSERT INTO known_config VALUES (1, ?, ?)
				ON CONFLICT (only) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
			)
			.run(sealWith(this.#key, text, place), at);
	}
}

interface Row {
	readonly body: string;
	readonly savedAt: number;
}

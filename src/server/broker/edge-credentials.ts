import { createHash, timingSafeEqual } from "node:crypto";
import Database from "better-sqlite3";
import type { EdgeAddress } from "#contract/topics.ts";

export interface EdgeIdentity {
	readonly address: EdgeAddress;
	readonly tokenHash: string;
}

interface EdgeRow {
	readonly siteId: string;
	readonly tokenHash: string;
}

/** The server's table of edges, read only: what is created, renewed or revoked there counts here at once. */
export class EdgeCredentials {
	readonly #database: Database.Database;
	#version = 0;

	constructor(databaseFile: string) {
		this.#database = new Database(databaseFile, { readonly: true, fileMustExist: true });
		this.#database.pragma("busy_timeout = 2000");
	}

	/** Null for an unknown edge, a wrong token and a revoked edge alike. */
	identify(edgeId: string, token: Uint8Array): EdgeIdentity | null {
		const row = this.#find(edgeId);
		const offered = sha256(token);
		// An unknown edge costs the same time as a wrong token.
		const right = timingSafeEqual(Buffer.from(offered), Buffer.from(row?.tokenHash.padEnd(64) ?? "".padEnd(64)));
		return row && right ? { address: { siteId: row.siteId, edgeId }, tokenHash: offered } : null;
	}

	/** Whether the token with which a connection was made still counts. */
	isCurrent({ address, tokenHash }: EdgeIdentity): boolean {
		return this.#find(address.edgeId)?.tokenHash === tokenHash;
	}

	/** Those of `identities` that count no more; none where nobody has written to the database since this was last asked. */
	ended<T extends EdgeIdentity>(identities: readonly T[]): readonly T[] {
		const version = Number(this.#database.pragma("data_version", { simple: true }));
		if (version === this.#version) return [];
		const tokens = new Map(
			this.#database
				.prepare<[], { id: string; tokenHash: string }>(
					"SELECT id, token_hash AS tokenHash FROM edges WHERE revoked_at IS NULL",
				)
				.all()
				.map(({ id, tokenHash }) => [id, tokenHash]),
		);
		this.#version = version;
		return identities.filter(({ address, tokenHash }) => tokens.get(address.edgeId) !== tokenHash);
	}

	close(): void {
		this.#database.close();
	}

	#find(edgeId: string): EdgeRow | undefined {
		return this.#database
			.prepare<[string], EdgeRow>(
				"SELECT site_id AS siteId, token_hash AS tokenHash FROM edges WHERE id = ? AND revoked_at IS NULL",
			)
			.get(edgeId);
	}
}

/** Hexadecimal, lower case: as the tokens' hashes stand in the database. */
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export function sameSecret(one: Uint8Array, other: Uint8Array): boolean {
	return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));
}

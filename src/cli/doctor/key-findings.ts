import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import type { ServerConfig } from "../../server/config.ts";
import { keyFileOf } from "../../server/secrets/key-file.ts";
import { keysOf } from "../../server/secrets/vault.ts";
import { databaseFile } from "../../server/store/database-file.ts";
import type { Store } from "../../server/store/open-store.ts";
import { authorityEndsSoonMs } from "../../server/tls/certificate-keeper.ts";
import { authorityFile, readAuthorities } from "../../server/tls/own-certificates.ts";
import { type Finding, fine, wrong } from "./finding.ts";

/** What a restore leaves out: the key of what the database keeps sealed. @throws InputError where it is not that one */
export function sealingKeyFinding(config: ServerConfig): Finding {
	const file = keyFileOf(config);
	const keys = askDatabase(config, (store) => keysOf(store, file), null);
	return keys === null
		? fine("key", `${file} is not there yet: the first start makes it`)
		: fine("key", `${file} is the key of this database`);
}

/** The authority of our own that edges trust. @throws InputError where its file holds something else */
export async function ownAuthorityFinding(config: ServerConfig, now = Date.now()): Promise<Finding> {
	const about = "authority";
	const file = authorityFile(config.dataFolder);
	const { now: authority, next } = await readAuthorities(config.dataFolder);
	if (!authority) {
		const enrolled = askDatabase(config, enrolledEdges, 0);
		return enrolled === 0
			? fine(about, `${file} is not there yet: the first start makes it`)
			: wrong(
					about,
					`${file} is not there, and edges may trust it (${enrolled} are enrolled): put it back before the server starts, ` +
						"or every edge must be enrolled anew",
				);
	}
	const until = Date.parse(authority.validTo);
	const day = new Date(until).toISOString().slice(0, 10);
	if (next) return wrong(about, "the next one waits to be put in its place: keepclear tls rotate");
	if (until < now + authorityEndsSoonMs) return wrong(about, `${file} ends on ${day}: keepclear tls rotate`);
	return fine(about, `${file} holds until ${day}`);
}

const enrolledEdges = (store: Store) =>
	store
		.prepare<[], number>("SELECT count(*) FROM edges WHERE enrolled_at IS NOT NULL AND revoked_at IS NULL")
		.pluck()
		.get() ?? 0;

/** What is wrong with the database itself is told by another finding. */
function askDatabase<T>({ dataFolder }: ServerConfig, ask: (store: Store) => T, otherwise: T): T {
	const file = databaseFile(dataFolder);
	if (!existsSync(file)) return otherwise;
	let store: Store;
	try {
		store = new Database(file, { readonly: true, fileMustExist: true });
	} catch {
		return otherwise;
	}
	try {
		return ask(store);
	} catch (error) {
		if (error instanceof Database.SqliteError) return otherwise;
		throw error;
	} finally {
		store.close();
	}
}

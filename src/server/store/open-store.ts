import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";

export type Store = Database.Database;

const migrationFolder = new URL("./migrations/", import.meta.url);

/**
 * Opens (and brings up to date) the server's database. WAL with synchronous FULL: what was acknowledged to an edge
 * survives a power cut.
 *
 * @throws Error when the file is from a newer Keepclear.
 */
export function openStore(file: string): Store {
	if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const store = new Database(file);
	store.pragma("journal_mode = WAL");
	store.pragma("synchronous = FULL");
	store.pragma("busy_timeout = 5000");
	// A table that others point to can only be built anew while nobody watches over it; `migrate` looks afterwards.
	store.pragma("foreign_keys = OFF");
	migrate(store);
	store.pragma("foreign_keys = ON");
	return store;
}

/** The version of a database that has seen every migration. */
export const knownVersion = (): number => migrations().length;

const migrations = () =>
	readdirSync(migrationFolder)
		.filter((name) => name.endsWith(".sql"))
		.sort();

/** Migrations are the files `NNN-name.sql`, applied in order, each in one transaction with the version number. */
function migrate(store: Store): void {
	const files = migrations();
	const version = Number(store.pragma("user_version", { simple: true }));
	if (version > files.length) {
		throw new Error(
			`the database is of version ${version}, this Keepclear knows ${files.length}: use a newer Keepclear`,
		);
	}
	for (const [index, name] of files.entries()) {
		if (index < version) continue;
		store.transaction(() => {
			store.exec(readFileSync(new URL(name, migrationFolder), "utf8"));
			refuseLooseEnds(store, name);
			store.pragma(`user_version = ${index + 1}`);
		})();
	}
}

/** Before the commit, so that a database is left as it was. @throws Error */
function refuseLooseEnds(store: Store, name: string): void {
	const [first] = store.pragma("foreign_key_check") as { table: string; parent: string }[];
	if (first)
		throw new Error(`${name}: rows of ${first.table} point to nothing in ${first.parent}; nothing was changed`);
}

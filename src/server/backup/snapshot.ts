import { open, rm } from "node:fs/promises";
import Database from "better-sqlite3";

const allPages = 0x7fff_ffff;

/**
 * The state of a database at one moment, as one file: all pages in one step, under one read lock, which holds up nobody who
 * writes (WAL). The file is fsynced, and its owner's alone from the beginning: SQLite would let every user of the machine
 * read it.
 *
 * @returns how many migrations it has seen
 */
export async function takeSnapshot(database: string, file: string): Promise<number> {
	await rm(file, { force: true });
	await (await open(file, "wx", 0o600)).close();
	const live = new Database(database, { readonly: true, fileMustExist: true });
	try {
		live.pragma("busy_timeout = 5000");
		await live.backup(file, { progress: () => allPages });
	} finally {
		live.close();
	}
	const copy = new Database(file);
	try {
		copy.pragma("journal_mode = DELETE"); // so that it is one file, with nothing beside it
		return Number(copy.pragma("user_version", { simple: true }));
	} finally {
		copy.close();
		const handle = await open(file, "r");
		await handle.sync();
		await handle.close();
	}
}

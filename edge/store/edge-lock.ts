import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { InputError } from "#platform/input-error.ts";

/**
 * Two edges on one data folder would raise everything twice. The lock is the operating system's, by way of SQLite: it
 * ends with the process, however that ends. A folder in which no lock can be made is no reason not to watch.
 *
 * @throws InputError when another edge holds it
 */
export function lockDataFolder(dataFolder: string): { release(): void } {
	let lock: Database.Database;
	try {
		mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
		lock = new Database(join(dataFolder, "edge.lock"), { timeout: 2_000 });
	} catch {
		return { release: () => undefined };
	}
	try {
		lock.exec("BEGIN EXCLUSIVE");
	} catch (cause) {
		lock.close();
		if (cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY")) {
			throw new InputError(`${dataFolder}: another edge is running with this dataFolder`, { cause });
		}
		return { release: () => undefined };
	}
	return { release: () => lock.close() };
}

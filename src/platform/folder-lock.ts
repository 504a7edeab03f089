import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { InputError } from "#platform/input-error.ts";

/**
 * Only one program at a time may work in a folder. The lock is the operating system's, by way of SQLite: it ends with the
 * process, however that ends. A folder in which no lock can be made is no reason not to go on.
 *
 * @param name of the lock's file in the folder
 * @throws InputError with `held` when another process holds it
 */
export function lockFolder(
	folder: string,
	{ name, held, waitMs = 2_000 }: { readonly name: string; readonly held: string; readonly waitMs?: number },
): { release(): void } {
	let lock: Database.Database;
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		lock = new Database(join(folder, name), { timeout: waitMs });
	} catch {
		return { release: () => undefined };
	}
	try {
		lock.exec("BEGIN EXCLUSIVE");
	} catch (cause) {
		lock.close();
		if (cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY")) {
			throw new InputError(`${folder}: ${held}`, { cause });
		}
		return { release: () => undefined };
	}
	return { release: () => lock.close() };
}

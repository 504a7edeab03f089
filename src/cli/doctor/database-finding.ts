import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { type Finding, fine, wrong } from "./finding.ts";

/** A database of ours, opened to read alone. @param ours how many changes of its form this program knows */
export function databaseFindings(file: string, ours: number, mend: string): readonly Finding[] {
	if (!existsSync(file)) return [fine("database", `${file} is not there yet: the first start makes it`)];
	let database: Database.Database;
	try {
		database = new Database(file, { readonly: true, fileMustExist: true });
	} catch (error) {
		return [wrong("database", `${file} cannot be opened (${codeOf(error)}): run this as the user who runs Keepclear`)];
	}
	try {
		return [
			versionFinding(Number(database.pragma("user_version", { simple: true })), ours),
			wholeFinding(database, mend),
		];
	} catch (error) {
		return [wrong("database", `${file} is no whole database (${codeOf(error)}): ${mend}`)];
	} finally {
		database.close();
	}
}

function versionFinding(found: number, ours: number): Finding {
	if (found > ours)
		return wrong(
			"database",
			`is of version ${found}, this Keepclear knows ${ours}: use the newer Keepclear that wrote it`,
		);
	return found < ours
		? fine("database", `is of version ${found}: the next start brings it to ${ours}; make a backup before`)
		: fine("database", `is of version ${found}, as this Keepclear is`);
}

function wholeFinding(database: Database.Database, mend: string): Finding {
	const [first] = database.pragma("quick_check(1)") as { quick_check: string }[];
	return first?.quick_check === "ok"
		? fine("database", "is whole (quick_check)")
		: wrong("database", `is damaged (${(first?.quick_check ?? "no answer").split("\n", 1)[0]}): ${mend}`);
}

const codeOf = (error: unknown) => (error as { code?: string }).code ?? (error as Error).message;

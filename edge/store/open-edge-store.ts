import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Logger } from "#platform/log.ts";
import { type PutAside, putAside } from "#platform/put-aside.ts";

export type EdgeStore = Database.Database;

export const edgeDatabaseVersion = 2;
const schema = readFileSync(new URL("./schema.sql", import.meta.url), "utf8");
/** Where the database lies in the data folder. */
export const edgeDatabaseFile = (dataFolder: string) => join(dataFolder, "edge.sqlite");

/** Where the files lie that it speaks of: evidence until the server has it. */
export const edgeEvidenceFolder = (dataFolder: string) => join(dataFolder, "evidence");

/**
 * Opens the edge's one database: WAL with synchronous FULL, so that what was written survives a power cut. A file that
 * is damaged or of another version is kept beside it, with the evidence that waited, and a fresh one begun: the edge must
 * watch. A folder that cannot be written gives a database in memory, which ends with the process.
 */
export function openEdgeStore(dataFolder: string, log: Logger): EdgeStore {
	try {
		mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
		const file = edgeDatabaseFile(dataFolder);
		closeSync(openSync(file, "a", 0o600)); // camera passwords are in it: SQLite itself would let others read
		return openOrBeginAfresh(file, edgeEvidenceFolder(dataFolder), log);
	} catch (err) {
		log.error(
			{ err, dataFolder },
			"the data folder cannot be written: going on in memory, what was not sent is lost when the edge is stopped. " +
				"Make the folder writable or free some space, then restart the edge",
		);
		return prepare(new Database(":memory:"));
	}
}

function openOrBeginAfresh(file: string, evidence: string, log: Logger): EdgeStore {
	try {
		return openChecked(file);
	} catch (err) {
		if (!isUnusable(err)) throw err;
		// First: beside a fresh database the evidence would be nobody's, and swept. Gigabytes, so fewer of it are kept.
		const evidenceAside = putEvidenceAside(evidence, log);
		// The write-ahead log belongs to the file and must go with it: left behind, it would be applied to the fresh one.
		log.error(
			{ err, ...putAside(file, ["", "-wal", "-shm"]), evidenceAside },
			"the edge's database is damaged or of another version: it was put aside, a fresh one is begun. " +
				"Alerts and evidence that waited in it are not sent: keep both for who can look into them",
		);
		return openChecked(file);
	}
}

/** Null where there is none, or it cannot be moved: a folder of its own disk cannot. The edge must watch all the same. */
function putEvidenceAside(folder: string, log: Logger): PutAside | null {
	try {
		return existsSync(folder) && readdirSync(folder).length > 0 ? putAside(folder, [""], 2) : null;
	} catch (err) {
		log.error({ err, folder }, "the evidence that waited cannot be put aside: it is swept");
		return null;
	}
}

function openChecked(file: string): EdgeStore {
	const store = new Database(file);
	try {
		const answer = String(store.pragma("quick_check(1)", { simple: true }));
		if (answer !== "ok") throw new UnusableStoreError(answer);
		const found = Number(store.pragma("user_version", { simple: true }));
		if (found > edgeDatabaseVersion) {
			throw new UnusableStoreError(`is of version ${found}, this Keepclear knows ${edgeDatabaseVersion}`);
		}
		return prepare(store);
	} catch (error) {
		store.close();
		throw error;
	}
}

function prepare(store: EdgeStore): EdgeStore {
	store.pragma("journal_mode = WAL");
	store.pragma("synchronous = FULL");
	store.pragma("busy_timeout = 5000");
	store.transaction(() => {
		const found = Number(store.pragma("user_version", { simple: true }));
		if (found === 1) setAside1(store);
		store.exec(schema);
		if (found === 1) takeOver1(store);
		store.pragma(`user_version = ${edgeDatabaseVersion}`);
	})();
	return store;
}

/** Version 1 knew stills and clips of raised alerts alone, and its table says so. */
function setAside1(store: EdgeStore): void {
	store.exec("ALTER TABLE evidence_jobs RENAME TO evidence_jobs_1");
}

function takeOver1(store: EdgeStore): void {
	const columns = `id, alert_id, camera_id, kind, state, from_at, to_at, captured_at, duration_ms, file, bytes, sha256,
		upload_url, created_at`;
	store.exec(`INSERT INTO evidence_jobs (${columns}) SELECT ${columns} FROM evidence_jobs_1`);
	store.exec("DROP TABLE evidence_jobs_1");
}

class UnusableStoreError extends Error {
	override readonly name = "UnusableStoreError";
}

const isUnusable = (error: unknown) =>
	error instanceof UnusableStoreError ||
	(error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code));

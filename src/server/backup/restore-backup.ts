import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { digestOfFile } from "#platform/digest.ts";
import { lockFolder } from "#platform/folder-lock.ts";
import { freeBytes } from "#platform/free-bytes.ts";
import { InputError } from "#platform/input-error.ts";
import { refuseRootInOthersFolder } from "#platform/owner.ts";
import { findBrokenPromises } from "../check/check-data.ts";
import { promisedFiles } from "../check/promised-files.ts";
import { syncFile } from "../evidence/evidence-files.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { databaseFile } from "../store/database-file.ts";
import { knownVersion, openStore, type Store } from "../store/open-store.ts";
import { type BackupManifest, filesFolder, lockOfBackup, readBackupManifest } from "./backup-manifest.ts";
import { copyPromised } from "./copy-file.ts";

export interface RestoreOptions {
	readonly backup: string;
	/** Not there yet, or empty. */
	readonly dataFolder: string;
	readonly now: () => number;
	readonly onProgress?: (done: { readonly files: number; readonly of: number }) => void;
}

/**
 * Puts a backup into an empty data folder. All is made beside it and held against what the server promises, and only then
 * gets its name: whoever is cut off has no half of a server.
 *
 * @returns what does not hold, a sentence each; the folder is there all the same, since it is what there is
 * @throws InputError where the backup is not whole, is of a newer Keepclear, or the data folder is in use
 */
export async function restoreBackup(options: RestoreOptions): Promise<BackupManifest & { broken: readonly string[] }> {
	const { backup, dataFolder } = options;
	const manifest = await readBackupManifest(backup);
	await refuseUnfit(manifest, options);
	const lock = lockFolder(backup, lockOfBackup);
	const making = `${dataFolder.replace(/\/+$/, "")}.restoring`;
	try {
		await rm(making, { recursive: true, force: true }); // of an attempt that was cut off
		await mkdir(making, { recursive: true, mode: 0o700 });
		await copyFile(join(backup, manifest.database.file), databaseFile(making));
		const broken = await fill(making, manifest, options);
		await rmdir(dataFolder).catch(() => undefined);
		await rename(making, dataFolder);
		await syncFile(dirname(dataFolder));
		return { ...manifest, broken };
	} finally {
		lock.release();
	}
}

async function fill(
	making: string,
	{ madeAt }: BackupManifest,
	{ backup, now, onProgress }: RestoreOptions,
): Promise<readonly string[]> {
	const store = openStore(databaseFile(making));
	try {
		const promised = [...promisedFiles(store)];
		for (const [index, file] of promised.entries()) {
			onProgress?.({ files: index, of: promised.length });
			await copyPromised(file, filesFolder(backup), making).catch((error: NodeJS.ErrnoException) => {
				if (error.code !== "ENOENT") throw error; // told below
			});
		}
		startAnew(store, madeAt, now());
		const broken: string[] = [];
		for await (const sentence of findBrokenPromises(store, making)) broken.push(sentence.replaceAll(`${making}/`, ""));
		return broken;
	} finally {
		store.close();
		await syncFile(databaseFile(making));
	}
}

/** Beyond any count that a page or an edge can have reached since the backup was made. */
const leap = 1_000_000;

/**
 * The world went on after the backup was made. Cookies and what was signed out since are forgotten; pages and edges that
 * had heard of later changes must not take the numbers of new ones for those that they know.
 */
function startAnew(store: Store, madeAt: number, at: number): void {
	store.transaction(() => {
		store.exec("DELETE FROM sessions; DELETE FROM sign_in_tickets");
		store.exec("DELETE FROM feed");
		store.prepare("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'feed'").run(leap);
		store.prepare("UPDATE edges SET config_revision = config_revision + ?").run(leap);
		appendToLedger(store, {
			...{ at, who: { kind: "system", id: "restore" }, what: "restored", on: { kind: "system", id: "backup" } },
			detail: { madeAt },
		});
	})();
}

async function refuseUnfit({ database, files }: BackupManifest, { backup, dataFolder }: RestoreOptions): Promise<void> {
	const names = await readdir(dataFolder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return [];
		throw new InputError(`dataFolder: ${dataFolder} cannot be used as a folder (${error.code})`, { cause: error });
	});
	if (names.length > 0)
		throw new InputError(
			`dataFolder: ${dataFolder} is not empty; stop the server, move the folder aside, and restore again`,
		);
	if (database.version > knownVersion())
		throw new InputError(
			`${backup}: its database is of version ${database.version}, this Keepclear knows ${knownVersion()}: use a newer Keepclear`,
		);
	await refuseRootInOthersFolder("dataFolder", existsSync(dataFolder) ? dataFolder : dirname(dataFolder));
	const file = join(backup, database.file);
	const found = await digestOfFile(file).catch(() => null);
	if (!found) throw new InputError(`${file}: is missing or cannot be read`);
	if (found.sha256 !== database.sha256) throw new InputError(`${file}: was changed since the backup was made`);
	const parent = dirname(dataFolder);
	await mkdir(parent, { recursive: true, mode: 0o700 });
	const [wanted, free] = [files.bytes + 2 * database.bytes, await freeBytes(parent)];
	if (wanted > free) throw new InputError(`dataFolder: ${wanted} bytes are wanted at ${parent}, ${free} are free`);
}

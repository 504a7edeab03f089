import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { digestOfFile } from "#platform/digest.ts";
import { lockFolder } from "#platform/folder-lock.ts";
import { InputError } from "#platform/input-error.ts";
import { renameDurably, writeAtomically } from "#platform/write-atomically.ts";
import { type PromisedFile, promisedFiles } from "../check/promised-files.ts";
import { makeFolderDurably } from "../evidence/evidence-files.ts";
import { databaseFile } from "../store/database-file.ts";
import { type BackupManifest, filesFolder, lockOfBackup, manifestFile } from "./backup-manifest.ts";
import { bytesOf, dropOthers, filesToCopy, refuseUnfitTarget } from "./backup-target.ts";
import { copyPromised } from "./copy-file.ts";
import { takeSnapshot } from "./snapshot.ts";

export interface BackupOptions {
	readonly dataFolder: string;
	/** A folder that is not there yet, is empty, or holds an earlier backup, whose files are not copied again. */
	readonly target: string;
	/** Version of the program that makes it. */
	readonly program: string;
	readonly now: () => number;
	readonly onProgress?: (done: { readonly files: number; readonly of: number }) => void;
}

export interface MadeBackup extends BackupManifest {
	/** What was not in an earlier backup. */
	readonly copied: { readonly count: number; readonly bytes: number };
	/** What was promised and could not be had as it should be, a sentence each. */
	readonly broken: readonly string[];
}

/** What was deleted between a snapshot and its copy is not promised by the next snapshot; each round is shorter. */
const mostRounds = 5;

/**
 * The server's data as of one moment, while it runs. First the database, then the files that it promises: a file is there
 * before its row, so each can be had unless it was deleted meanwhile; then a new snapshot is taken. A backup that is cut
 * off leaves the one before it whole.
 *
 * @throws InputError where there is nothing to back up, or the target is no place for it
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
	const { dataFolder, target } = options;
	const live = databaseFile(dataFolder);
	if (!(await stat(live).catch(() => null))) throw new InputError(`${live}: there is no database`);
	await refuseUnfitTarget(target, dataFolder);
	await mkdir(target, { recursive: true, mode: 0o700 });
	const lock = lockFolder(target, lockOfBackup);
	try {
		await makeFolderDurably(target, "files");
		return await copyAll(options);
	} finally {
		lock.release();
	}
}

async function copyAll(options: BackupOptions): Promise<MadeBackup> {
	const { dataFolder, target, program, now } = options;
	const live = databaseFile(dataFolder);
	const part = join(target, "keepclear.db.part");
	const copied = { count: 0, bytes: 0 };
	const broken: string[] = [];
	for (let round = 1; ; round += 1) {
		const madeAt = now();
		const version = await takeSnapshot(live, part);
		const promised = listPromised(part);
		const missing = await copyFiles(await filesToCopy(promised, target), options, { copied, broken });
		if (missing.length > 0 && round < mostRounds && !arePromised(missing, live)) continue;
		const manifest: BackupManifest = {
			format: 1,
			madeAt,
			program,
			database: { file: `keepclear-${madeAt}.db`, ...(await digestOfFile(part)), version },
			files: { count: promised.length, bytes: bytesOf(promised) },
		};
		await renameDurably(part, join(target, manifest.database.file));
		await writeAtomically(manifestFile(target), `${JSON.stringify(manifest, null, "\t")}\n`);
		await dropOthers(target, manifest, promised);
		return { ...manifest, copied, broken: [...broken, ...missing.map(({ name }) => `${name}: is missing`)] };
	}
}

/** Answers those that are not there. */
async function copyFiles(
	files: readonly PromisedFile[],
	{ dataFolder, target, onProgress }: BackupOptions,
	{ copied, broken }: { copied: { count: number; bytes: number }; broken: string[] },
): Promise<readonly PromisedFile[]> {
	const missing: PromisedFile[] = [];
	for (const [index, file] of files.entries()) {
		onProgress?.({ files: index, of: files.length });
		try {
			const why = await copyPromised(file, dataFolder, filesFolder(target));
			if (why !== null) broken.push(`${file.name}: ${why}`);
			copied.count += 1;
			copied.bytes += file.bytes;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
			missing.push(file);
		}
	}
	return missing;
}

/** Whether all of them are promised even now: then they are truly missing. */
function arePromised(files: readonly PromisedFile[], database: string): boolean {
	const names = new Set(listPromised(database).map(({ name }) => name));
	return files.every(({ name }) => names.has(name));
}

function listPromised(database: string): readonly PromisedFile[] {
	const store = new Database(database, { readonly: true, fileMustExist: true });
	try {
		return [...promisedFiles(store)];
	} finally {
		store.close();
	}
}

import { readdir, rm, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { freeBytes } from "#platform/free-bytes.ts";
import { InputError } from "#platform/input-error.ts";
import type { PromisedFile } from "../check/promised-files.ts";
import { type BackupManifest, filesFolder, manifestFile, readBackupManifest } from "./backup-manifest.ts";

/** @throws InputError where the folder is no place for a backup of that data */
export async function refuseUnfitTarget(target: string, dataFolder: string): Promise<void> {
	if (isWithin(target, dataFolder) || isWithin(dataFolder, target))
		throw new InputError(`${target}: is not apart from the data folder ${dataFolder}; allowed is any other folder`);
	const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return [] as string[];
		throw new InputError(`${target}: cannot be used as a folder (${error.code})`, { cause: error });
	});
	const foreign = names.find((name) => !ours.test(name));
	if (foreign !== undefined)
		throw new InputError(`${target}: holds ${foreign}, which is of no backup; allowed is a new or an empty folder`);
	// One of a newer format is not ours to go on with.
	if (names.some((name) => manifestFile("") === name)) await readBackupManifest(target);
}

const ours = /^(files|backup\.json(\.\d+\.part)?|backup\.lock(-journal)?|keepclear(-\d+)?\.db.*)$/;

function isWithin(inner: string, outer: string): boolean {
	const way = relative(resolve(outer), resolve(inner));
	return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

/** Ids are given once and files never change, so a file of its name and size is the file. A restore reads it whole. */
async function isInBackup({ name, bytes }: PromisedFile, target: string): Promise<boolean> {
	const found = await stat(join(filesFolder(target), name)).catch(() => null);
	return found?.size === bytes;
}

/** Those that no earlier backup in it has. @throws InputError where there is no room for them */
export async function filesToCopy(promised: readonly PromisedFile[], target: string): Promise<readonly PromisedFile[]> {
	const wantedFiles: PromisedFile[] = [];
	for (const file of promised) if (!(await isInBackup(file, target))) wantedFiles.push(file);
	const wanted = bytesOf(wantedFiles);
	const free = await freeBytes(target);
	if (wanted > free)
		throw new InputError(
			`${target}: ${wanted} bytes are to be copied, ${free} are free; an earlier backup in it is as it was`,
		);
	return wantedFiles;
}

export const bytesOf = (files: readonly PromisedFile[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** The database before, and what is promised no more: evidence whose time is over goes here too. */
export async function dropOthers(
	target: string,
	{ database }: BackupManifest,
	promised: readonly PromisedFile[],
): Promise<void> {
	for (const name of await readdir(target))
		if (name.startsWith("keepclear") && name !== database.file) await rm(join(target, name), { force: true });
	const folder = filesFolder(target);
	const names = new Set(promised.map(({ name }) => name));
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		const file = join(entry.parentPath, entry.name);
		if (!entry.isDirectory() && !names.has(relative(folder, file))) await rm(file, { force: true });
	}
}

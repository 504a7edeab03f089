import { join } from "node:path";
import { z } from "zod";
import { InputError, loadFile } from "#platform/input-error.ts";
import { sha256Schema } from "#contract/ids.ts";

const count = z.number().int().min(0);

/**
 * `backup.json`, the last thing that a backup writes: what it names is there, whole. Beside it lie the database and
 * `files/`, which has the paths of the data folder.
 */
export const backupManifest = z.strictObject({
	format: z.literal(1),
	/** Unix ms; the moment whose state the database holds. */
	madeAt: count,
	/** Of the program that made it. */
	program: z.string().min(1),
	database: z.strictObject({
		file: z.string().regex(/^keepclear-\d+\.db$/, "must be a name such as keepclear-1764144000000.db"),
		bytes: count,
		sha256: sha256Schema,
		/** So many migrations. */
		version: count,
	}),
	files: z.strictObject({ count, bytes: count }),
});
export type BackupManifest = z.infer<typeof backupManifest>;

export const manifestFile = (backup: string) => join(backup, "backup.json");
export const filesFolder = (backup: string) => join(backup, "files");
export const lockOfBackup = { name: "backup.lock", held: "another program is at work on this backup" } as const;

/** @throws InputError where there is no whole backup */
export async function readBackupManifest(backup: string): Promise<BackupManifest> {
	try {
		return await loadFile(backupManifest, manifestFile(backup));
	} catch (error) {
		if (!(error instanceof InputError) || !error.message.endsWith("there is no such file")) throw error;
		throw new InputError(`${backup}: is no backup, or its making was cut off: there is no backup.json in it`, {
			cause: error,
		});
	}
}

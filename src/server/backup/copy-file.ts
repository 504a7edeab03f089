import { constants, copyFile, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { renameDurably } from "#platform/write-atomically.ts";
import { brokenFile } from "../check/check-files.ts";
import type { PromisedFile } from "../check/promised-files.ts";
import { makeFolderDurably, syncFile } from "../evidence/evidence-files.ts";

/**
 * Copies a promised file, whole and fsynced before it has its name. Answers what is wrong with the copy, by which a fault
 * of the original is found too; null where it is as promised. A faulty one is copied all the same: it is what there is.
 *
 * @param to a folder that is there
 * @throws Error with `code` ENOENT where the original is not there
 */
export async function copyPromised(file: PromisedFile, from: string, to: string): Promise<string | null> {
	const target = join(to, file.name);
	let folder = to;
	for (const name of dirname(file.name).split(sep)) folder = await makeFolderDurably(folder, name);
	const part = `${target}.part`;
	try {
		await copyFile(join(from, file.name), part, constants.COPYFILE_FICLONE);
		const why = await brokenFile({ ...file, name: `${file.name}.part` }, to);
		await syncFile(part);
		await renameDurably(part, target);
		return why;
	} catch (error) {
		await rm(part, { force: true });
		throw error;
	}
}

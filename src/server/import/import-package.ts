import { mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { packageFolders } from "#contract/evidence-package.ts";
import { InputError } from "#platform/input-error.ts";
import { renameDurably } from "#platform/write-atomically.ts";
import { evidenceFile, evidenceFolder, makeFolderDurably, uploadsFolder } from "../evidence/evidence-files.ts";
import { findEvidence } from "../evidence/evidence-store.ts";
import type { Store } from "../store/open-store.ts";
import type { Imported, VerifiedPackage } from "./foreign.ts";
import { importRows } from "./import-rows.ts";
import { readForeign } from "./read-foreign.ts";
import { refuseConflicts } from "./refuse-conflicts.ts";

/**
 * Takes a verified package in: alert, evidence, manifests and keys as another Keepclear's, which nobody here can change.
 * Done again it finds nothing new. Killed in between it leaves files without rows, and done again puts that right.
 *
 * @throws InputError, one sentence, for what cannot be taken in; then nothing was changed
 */
export async function importPackage(
	{ store, dataFolder, now }: { readonly store: Store; readonly dataFolder: string; readonly now: () => number },
	files: VerifiedPackage,
): Promise<Imported> {
	const foreign = await readForeign(files);
	refuseConflicts(store, files.place, foreign);
	const isNew = foreign.sealed.filter(({ id }) => findEvidence(store, id) === undefined);
	for (const { id, name, bytes } of isNew)
		await placeFile(files, dataFolder, { alertId: foreign.record.id, id, name, bytes });
	return store.transaction(() => importRows(store, foreign, now()))();
}

/** Written aside, fsynced, renamed: as evidence that an edge sends. */
async function placeFile(
	files: VerifiedPackage,
	dataFolder: string,
	{ alertId, id, name, bytes }: { alertId: string; id: string; name: string; bytes: number },
): Promise<void> {
	const content = await files.read(packageFolders.files + name, bytes);
	if (!content) throw new InputError(`${files.place}: ${name} cannot be read`);
	await makeFolderDurably(dataFolder, "uploads");
	await makeFolderDurably(dataFolder, "evidence");
	await makeFolderDurably(evidenceFolder(dataFolder), alertId);
	const aside = await mkdtemp(join(uploadsFolder(dataFolder), "import-"));
	try {
		const file = join(aside, id);
		const handle = await open(file, "w", 0o600);
		try {
			await handle.writeFile(content);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await renameDurably(file, evidenceFile(dataFolder, { alertId, id }));
	} finally {
		await rm(aside, { recursive: true, force: true });
	}
}

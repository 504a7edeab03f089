import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file so that after a power cut there is either the old one or the whole new one: write temporary, fsync,
 * rename, fsync folder.
 */
export async function writeAtomically(file: string, content: Uint8Array | string, mode = 0o600): Promise<void> {
	const temporary = `${file}.${process.pid}.part`;
	try {
		const handle = await open(temporary, "w", mode);
		try {
			await handle.writeFile(content);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await renameDurably(temporary, file);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}

/** Renames a file that was already fsynced, and makes the new name durable. */
export async function renameDurably(from: string, to: string): Promise<void> {
	await rename(from, to);
	const folder = await open(dirname(to), "r");
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}

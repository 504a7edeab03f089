import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";

/** `evidence/<alert id>/<evidence id>` and, while it comes, `uploads/<edge id>.<random>`; on one file system. */
export const evidenceFolder = (dataFolder: string) => join(dataFolder, "evidence");
export const uploadsFolder = (dataFolder: string) => join(dataFolder, "uploads");
export const playableFolder = (dataFolder: string) => join(dataFolder, "playable");

export const evidenceFile = (dataFolder: string, { alertId, id }: { alertId: string; id: string }) =>
	join(evidenceFolder(dataFolder), alertId, id);

/** What the file's first bytes say it is, whatever was claimed; null for anything that evidence never is. */
export async function sniffContentType(file: string): Promise<"image/jpeg" | "video/mp4" | null> {
	const handle = await open(file, "r");
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(12), 0, 12, 0);
		if (bytesRead < 12) return null;
		if (buffer[0] === 0xff && buffer[1] === 0xd8 && buffer[2] === 0xff) return "image/jpeg";
		return buffer.toString("latin1", 4, 8) === "ftyp" ? "video/mp4" : null;
	} finally {
		await handle.close();
	}
}

/** Makes a folder whose name survives a power cut. */
export async function makeFolderDurably(parent: string, name: string): Promise<string> {
	const folder = join(parent, name);
	const made = await mkdir(folder, { recursive: true, mode: 0o700 });
	if (made !== undefined) await syncFile(parent);
	return folder;
}

/** Flushes a file, or a folder's names, to the disk. */
export async function syncFile(path: string): Promise<void> {
	const handle = await open(path, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

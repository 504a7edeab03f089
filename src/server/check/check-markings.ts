import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { digestOfFile } from "#platform/digest.ts";
import { listMarkings, markingFile, markingsFolder } from "../markings/markings-store.ts";
import type { Store } from "../store/open-store.ts";

/** A file may be so old before its row must be there. */
const settlingMs = 60_000;

/** Photos of markings and signs: each row has its file as it was stored, and each file its row. */
export async function* brokenMarkings(store: Store, dataFolder: string): AsyncGenerator<string> {
	const markings = listMarkings(store);
	for (const { id, bytes, sha256 } of markings) {
		const file = markingFile(dataFolder, id);
		const found = await digestOfFile(file).catch(() => null);
		if (!found) yield `${file}: is missing or cannot be read`;
		else if (found.bytes !== bytes || found.sha256 !== sha256) yield `${file}: was changed`;
	}
	const known = new Set(markings.map(({ id }) => id));
	for (const name of (await readdir(markingsFolder(dataFolder)).catch(() => [])).sort()) {
		const file = join(markingsFolder(dataFolder), name);
		const found = await stat(file).catch(() => null);
		if (found && !known.has(name) && Date.now() - found.ctimeMs >= settlingMs) {
			yield `${file}: no row tells of this file`;
		}
	}
}

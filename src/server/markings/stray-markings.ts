import { readdir, rm, stat } from "node:fs/promises";
import type { ServerParts } from "../server-parts.ts";
import { listMarkings, markingFile, markingsFolder } from "./markings-store.ts";

/** So long a file may wait for its row, and one without a row for being taken away. */
export const strayAfterMs = 3_600_000;

/** Takes away what a kill left: files that came before their row, or whose row has gone before them. */
export async function removeStrayMarkings({ store, config }: Pick<ServerParts, "store" | "config">): Promise<void> {
	for (const name of await strayMarkings({ store, dataFolder: config.dataFolder }, strayAfterMs)) {
		await rm(markingFile(config.dataFolder, name), { force: true });
	}
}

/** Names of files that no row tells of and that have not changed for `olderThanMs`. */
export async function strayMarkings(
	{ store, dataFolder }: { readonly store: ServerParts["store"]; readonly dataFolder: string },
	olderThanMs: number,
): Promise<readonly string[]> {
	const names = await readdir(markingsFolder(dataFolder)).catch(() => []);
	const ages = await Promise.all(
		names.map(async (name) => {
			const found = await stat(markingFile(dataFolder, name)).catch(() => null);
			return { name, ageMs: found ? Date.now() - found.ctimeMs : 0 };
		}),
	);
	const known = new Set(listMarkings(store).map(({ id }) => id)); // after the files: a row that came since counts
	return ages.filter(({ name, ageMs }) => ageMs >= olderThanMs && !known.has(name)).map(({ name }) => name);
}

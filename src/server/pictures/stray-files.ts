import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** So long a file may wait for its row, and one without a row for being taken away. */
export const strayAfterMs = 3_600_000;

/** Names in a folder that have not changed for `olderThanMs` and that nobody knows. */
export async function strayNames(
	folder: string,
	isKnown: (name: string) => boolean,
	olderThanMs = strayAfterMs,
): Promise<readonly string[]> {
	const names = await readdir(folder).catch(() => []);
	const ages = await Promise.all(
		names.map(async (name) => {
			const found = await stat(join(folder, name)).catch(() => null);
			return { name, ageMs: found ? Date.now() - found.ctimeMs : -1 };
		}),
	);
	// After the files: a row that came since counts.
	return ages.filter(({ name, ageMs }) => ageMs >= olderThanMs && !isKnown(name)).map(({ name }) => name);
}

/** Takes away what a kill left: files that came before their row, or whose row has gone before them. */
export async function removeStrayFiles(...asked: Parameters<typeof strayNames>): Promise<void> {
	const [folder] = asked;
	for (const name of await strayNames(...asked)) await rm(join(folder, name), { force: true });
}

import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ServerParts } from "../server-parts.ts";

/** So long a file may wait for its row. */
const strayAfterMs = 3_600_000;

/** Takes away what a kill left: pictures that came before their row, or whose row has gone before them. */
export async function removeStrayPlans(
	{ store, config }: Pick<ServerParts, "store" | "config">,
	olderThanMs = strayAfterMs,
): Promise<void> {
	const folder = join(config.dataFolder, "plans");
	for (const name of await readdir(folder).catch(() => [])) {
		const file = join(folder, name);
		const found = await stat(file).catch(() => null);
		if (!found || Date.now() - found.ctimeMs < olderThanMs) continue;
		const isKnown = store.prepare("SELECT 1 FROM site_plans WHERE picture_id = ?").get(name) !== undefined;
		if (!isKnown) await rm(file, { force: true });
	}
}

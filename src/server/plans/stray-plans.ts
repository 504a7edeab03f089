import { join } from "node:path";
import { removeStrayFiles } from "../pictures/stray-files.ts";
import type { ServerParts } from "../server-parts.ts";

/** Takes away what a kill left: pictures that came before their row, or whose row has gone before them. */
export const removeStrayPlans = (
	{ store, config }: Pick<ServerParts, "store" | "config">,
	olderThanMs?: number,
): Promise<void> => {
	const find = store.prepare("SELECT 1 FROM site_plans WHERE picture_id = ?");
	return removeStrayFiles(join(config.dataFolder, "plans"), (id) => find.get(id) !== undefined, olderThanMs);
};

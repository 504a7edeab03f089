import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ServerParts } from "../server-parts.ts";
import { dropFrozenFiles, transfersFolder } from "./frozen-files.ts";
import { findTransfer } from "./transfers-store.ts";

/** So long the files of a transfer may wait for its row. */
const strayAfterMs = 3_600_000;

/** Takes away what a kill left before there was a row; what is over is deleted with its evidence (`retention`). */
export async function removeStrayPackages({ store, config }: Pick<ServerParts, "store" | "config">): Promise<void> {
	const folder = transfersFolder(config.dataFolder);
	for (const number of await readdir(folder).catch(() => [])) {
		const found = await stat(join(folder, number)).catch(() => null);
		const isOld = found !== null && Date.now() - found.ctimeMs >= strayAfterMs;
		if (isOld && !findTransfer(store, number)) await dropFrozenFiles(config.dataFolder, number);
	}
}

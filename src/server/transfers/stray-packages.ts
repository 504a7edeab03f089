import { strayNames } from "../pictures/stray-files.ts";
import type { ServerParts } from "../server-parts.ts";
import { dropFrozenFiles, transfersFolder } from "./frozen-files.ts";
import { findTransfer } from "./transfers-store.ts";

/** Takes away what a kill left before there was a row; what is over is deleted with its evidence (`retention`). */
export async function removeStrayPackages({ store, config }: Pick<ServerParts, "store" | "config">): Promise<void> {
	const isKnown = (number: string) => findTransfer(store, number) !== undefined;
	for (const number of await strayNames(transfersFolder(config.dataFolder), isKnown))
		await dropFrozenFiles(config.dataFolder, number);
}

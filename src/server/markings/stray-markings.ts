import { removeStrayFiles, strayNames } from "../pictures/stray-files.ts";
import type { ServerParts } from "../server-parts.ts";
import { findMarking, markingsFolder } from "./markings-store.ts";

interface Place {
	readonly store: ServerParts["store"];
	readonly dataFolder: string;
}

export const removeStrayMarkings = ({ store, config }: Pick<ServerParts, "store" | "config">): Promise<void> =>
	removeStrayFiles(markingsFolder(config.dataFolder), isKnownIn(store));

/** Names of files that no row tells of and that have not changed for `olderThanMs`. */
export const strayMarkings = ({ store, dataFolder }: Place, olderThanMs: number): Promise<readonly string[]> =>
	strayNames(markingsFolder(dataFolder), isKnownIn(store), olderThanMs);

const isKnownIn = (store: Place["store"]) => (id: string) => findMarking(store, id) !== undefined;

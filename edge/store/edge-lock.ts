import { lockFolder } from "#platform/folder-lock.ts";

/** Two edges on one data folder would raise everything twice. @throws InputError when another edge holds it */
export const lockDataFolder = (dataFolder: string, waitMs = 2_000) =>
	lockFolder(dataFolder, { name: "edge.lock", held: "another edge is running with this dataFolder", waitMs });

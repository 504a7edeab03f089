import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface PutAside {
	readonly aside: string;
	/** What was put aside earlier and had to go for it. */
	readonly givenUp: readonly string[];
}

/**
 * Takes a file or folder that is damaged out of the way, for whoever wants to look into it.
 * @param parts endings of all files that belong to it
 * @param most that are kept aside of one name: the first, with which the trouble began, and the latest. Where each start finds
 * damage, the disk fills no further
 * @throws what the file system says
 */
export function putAside(path: string, parts: readonly string[] = [""], most = 4): PutAside {
	const aside = `${path}.aside-${new Date().toISOString().replace(/[:.]/g, "-")}`;
	for (const part of parts) if (existsSync(path + part)) renameSync(path + part, aside + part);
	const givenUp = asideOf(path, parts).slice(1, 1 - most);
	for (const old of givenUp) for (const part of parts) rmSync(old + part, { recursive: true, force: true });
	return { aside, givenUp };
}

/** The oldest first: the names end with the time. */
function asideOf(path: string, parts: readonly string[]): readonly string[] {
	const isPart = (name: string) => parts.some((part) => part !== "" && name.endsWith(part));
	return readdirSync(dirname(path))
		.filter((name) => name.startsWith(`${basename(path)}.aside-`) && !isPart(name))
		.sort()
		.map((name) => join(dirname(path), name));
}

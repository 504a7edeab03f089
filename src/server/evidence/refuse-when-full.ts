import { freeBytes } from "#platform/free-bytes.ts";
import type { ServerConfig } from "../config.ts";
import { ApiError } from "../http/api-error.ts";

/**
 * Before anything of an edge or a person is taken in but alerts and states: with fewer bytes free than the mark, the rest
 * of the disk is theirs.
 * @throws ApiError 507
 */
export async function refuseWhenFull(
	{ dataFolder, evidence }: Pick<ServerConfig, "dataFolder" | "evidence">,
	moreBytes = 0,
): Promise<void> {
	if ((await freeBytes(dataFolder)) >= evidence.minFreeBytes + moreBytes) return;
	throw new ApiError(507, "disk_full", "The server's disk is full; the rest of it is kept for alerts.");
}

import { join } from "node:path";
import type { Logger } from "#platform/log.ts";
import { newKey, readKeys, type VaultKey, writeKeys } from "#platform/sealing/vault-key.ts";

/** Of a data folder, unless the configuration names another place. */
export const edgeKeyFileOf = (dataFolder: string) => join(dataFolder, "secrets.key");

/**
 * The key with which camera passwords lie sealed on this machine; made at the first start. Where it can be neither read nor
 * written the edge goes on with one in memory: after a restart the configuration comes from the server.
 */
export async function openEdgeKey(file: string, log: Logger): Promise<VaultKey> {
	try {
		const [known] = readKeys(file) ?? [];
		if (known) return known;
		const made = newKey();
		await writeKeys(file, [made]);
		return made;
	} catch (err) {
		log.error({ err, file }, "the key of camera passwords cannot be used: after a restart the server is needed");
		return newKey();
	}
}

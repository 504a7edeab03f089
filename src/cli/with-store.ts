import { existsSync } from "node:fs";
import { InputError, loadFile } from "#platform/input-error.ts";
import { serverConfigSchema, type ServerConfig } from "../server/config.ts";
import { keyFileOf } from "../server/secrets/key-file.ts";
import { openVault, useVault } from "../server/secrets/vault.ts";
import { databaseFile } from "../server/store/database-file.ts";
import { openStore, type Store } from "../server/store/open-store.ts";

export interface ServerFileOption {
	readonly config: string;
}

/**
 * The server's database for a command; the running server uses the same one and sees a change at once.
 *
 * @throws InputError where there is none yet
 */
export async function withStore(
	{ config: file }: ServerFileOption,
	use: (store: Store, config: ServerConfig) => Promise<void>,
	{ opensVault = true } = {},
): Promise<void> {
	const config = await loadFile(serverConfigSchema, file);
	const database = databaseFile(config.dataFolder);
	if (!existsSync(database)) throw new InputError(`${database}: there is no database yet; start the server once`);
	const store = openStore(database);
	try {
		if (opensVault) useVault(store, await openVault(store, keyFileOf(config)));
		await use(store, config);
	} finally {
		store.close();
	}
}

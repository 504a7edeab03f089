import { existsSync } from "node:fs";
import type { Command } from "commander";
import { InputError, loadFile } from "#platform/input-error.ts";
import { type ServerConfig, serverConfigSchema } from "../server/config.ts";
import { keyFileOf } from "../server/secrets/key-file.ts";
import { forgetSecrets, rotateKey } from "../server/secrets/sealed-values.ts";
import { databaseFile } from "../server/store/database-file.ts";
import { openStore, type Store } from "../server/store/open-store.ts";

interface Options {
	readonly config: string;
	readonly really?: true;
}

export function registerSecrets(program: Command): void {
	const secrets = program
		.command("secrets")
		.description("the key that passwords in the server's database are sealed with");

	secrets
		.command("rotate-key")
		.description("makes another key and seals everything anew; the server may run")
		.requiredOption("--config <file>", "the server's configuration")
		.action((options: Options) =>
			withStore(options, async (store, config) => {
				const count = await rotateKey(store, keyFileOf(config));
				console.log(`${keyFileOf(config)} holds another key; ${count} values are sealed with it. Keep a copy of it.`);
			}),
		);

	secrets
		.command("forget")
		.description("where the key is lost: makes another one; what was sealed is gone (cameras' passwords)")
		.requiredOption("--config <file>", "the server's configuration; the server must not run")
		.option("--really", "without it nothing is done")
		.action((options: Options) =>
			withStore(options, async (store, config) => {
				if (!options.really)
					throw new InputError("--really is missing: every camera's password must be typed anew after it");
				const { cameras } = await forgetSecrets(store, keyFileOf(config));
				console.log(`Forgotten: the passwords of ${cameras} cameras. They are typed anew on the page.`);
			}),
		);
}

async function withStore(
	{ config: file }: Options,
	use: (store: Store, config: ServerConfig) => Promise<void>,
): Promise<void> {
	const config = await loadFile(serverConfigSchema, file);
	const database = databaseFile(config.dataFolder);
	if (!existsSync(database)) throw new InputError(`${database}: there is no database yet; start the server once`);
	const store = openStore(database);
	try {
		await use(store, config);
	} finally {
		store.close();
	}
}

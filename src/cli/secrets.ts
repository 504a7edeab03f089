import type { Command } from "commander";
import { InputError } from "#platform/input-error.ts";
import { refuseRootInOthersFolder } from "#platform/owner.ts";
import { keyFileOf } from "../server/secrets/key-file.ts";
import { forgetSecrets, rotateKey } from "../server/secrets/sealed-values.ts";
import { type ServerFileOption, withStore } from "./with-store.ts";

interface Options extends ServerFileOption {
	readonly really?: true;
}

/** Whoever changes the key, or has lost it. */
const sealed = { opensVault: false };

export function registerSecrets(program: Command): void {
	const secrets = program
		.command("secrets")
		.description("the key that passwords in the server's database are sealed with");

	secrets
		.command("rotate-key")
		.description("makes another key and seals everything anew; the server may run")
		.requiredOption("--config <file>", "the server's configuration")
		.action((options: Options) =>
			withStore(
				options,
				async (store, config) => {
					await refuseRootInOthersFolder("dataFolder", config.dataFolder);
					const count = await rotateKey(store, keyFileOf(config));
					console.log(`${keyFileOf(config)} holds another key; ${count} values are sealed with it. Keep a copy of it.`);
				},
				sealed,
			),
		);

	secrets
		.command("forget")
		.description(
			"where the key is lost: makes another one; what was sealed is gone (cameras' passwords, second factors)",
		)
		.requiredOption("--config <file>", "the server's configuration; the server must not run")
		.option("--really", "without it nothing is done")
		.action((options: Options) =>
			withStore(
				options,
				async (store, config) => {
					if (!options.really)
						throw new InputError(
							"--really is missing: every camera's password must be typed, and every second factor set up, anew after it",
						);
					await refuseRootInOthersFolder("dataFolder", config.dataFolder);
					const { cameras, factors } = await forgetSecrets(store, keyFileOf(config));
					console.log(
						`Forgotten: the passwords of ${cameras} cameras, and ${factors} second factors. Both are told anew on the page.`,
					);
				},
				sealed,
			),
		);
}

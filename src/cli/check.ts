import { existsSync } from "node:fs";
import type { Command } from "commander";
import { InputError, loadFile } from "#platform/input-error.ts";
import { findBrokenPromises } from "../server/check/check-data.ts";
import { serverConfigSchema } from "../server/config.ts";
import { databaseFile } from "../server/store/database-file.ts";
import { openStore } from "../server/store/open-store.ts";

export function registerCheck(program: Command): void {
	program
		.command("check")
		.description(
			"verifies the server's data: database, alerts, every file of evidence, manifests with their chains and the ledger; exit 1 names what is broken",
		)
		.requiredOption("--config <file>", "the server's configuration")
		.action(async ({ config: file }: { config: string }) => {
			const { dataFolder } = await loadFile(serverConfigSchema, file);
			const database = databaseFile(dataFolder);
			if (!existsSync(database)) throw new InputError(`${database}: there is no database`);
			const store = openStore(database);
			let broken = 0;
			try {
				for await (const sentence of findBrokenPromises(store, dataFolder)) {
					console.log(sentence);
					broken += 1;
				}
			} finally {
				store.close();
			}
			console.log(broken === 0 ? `${dataFolder}: all is as it should be` : `${dataFolder}: ${broken} broken`);
			if (broken > 0) process.exitCode = 1;
		});
}

import type { Command } from "commander";
import { loadFile } from "#platform/input-error.ts";
import { restoreBackup } from "../server/backup/restore-backup.ts";
import { serverConfigSchema } from "../server/config.ts";
import { progressLine } from "./progress-line.ts";

export function registerRestore(program: Command): void {
	program
		.command("restore")
		.description(
			"puts a backup into the data folder of the configuration, which must be empty, and checks it. exit 1 names what does not hold",
		)
		.requiredOption("--from <folder>", "what keepclear backup made")
		.requiredOption("--config <file>", "the server's configuration")
		.action(async ({ from, config: file }: { from: string; config: string }) => {
			const { dataFolder } = await loadFile(serverConfigSchema, file);
			const progress = progressLine(process.stderr);
			const { broken, files, madeAt } = await restoreBackup({
				...{ backup: from, dataFolder, now: Date.now },
				onProgress: (done) => progress.show(`${done.files} of ${done.of} files`),
			}).finally(() => progress.end());
			for (const sentence of broken) console.log(sentence);
			const of = new Date(madeAt).toISOString();
			console.log(
				`${dataFolder}: is as it was at ${of}, with ${files.count} files; ${broken.length === 0 ? "all is as it should be" : `${broken.length} broken`}`,
			);
			console.log(
				"Keys are no part of a backup: put secrets.key back before the server starts, and tls/authority.pem where TLS is its own.",
			);
			if (broken.length > 0) process.exitCode = 1;
		});
}

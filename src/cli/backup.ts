import type { Command } from "commander";
import { loadFile } from "#platform/input-error.ts";
import { makeBackup } from "../server/backup/make-backup.ts";
import { serverConfigSchema } from "../server/config.ts";
import { progressLine } from "./progress-line.ts";
import { version } from "./program.ts";
import { readableBytes } from "./readable-bytes.ts";

export function registerBackup(program: Command): void {
	program
		.command("backup")
		.description(
			"copies the server's data as of one moment, while it runs, into a folder; done again, only what is new is copied. exit 1 names what was not as it should be",
		)
		.requiredOption(
			"--config <file>",
			"the server's configuration, which is not in the backup, nor are the files of secrets that it names",
		)
		.requiredOption("--to <folder>", "new, empty, or with an earlier backup")
		.action(async ({ config: file, to }: { config: string; to: string }) => {
			const { dataFolder } = await loadFile(serverConfigSchema, file);
			const progress = progressLine(process.stderr);
			const made = await makeBackup({
				...{ dataFolder, target: to, program: version, now: Date.now },
				onProgress: ({ files, of }) => progress.show(`${files} of ${of} files`),
			}).finally(() => progress.end());
			for (const sentence of made.broken) console.log(sentence);
			const { files, copied, database } = made;
			console.log(
				`${to}: database of ${readableBytes(database.bytes)}, ${files.count} files of ${readableBytes(files.bytes)}, ` +
					`of which ${copied.count} were copied now (${readableBytes(copied.bytes)})`,
			);
			if (made.broken.length > 0) process.exitCode = 1;
		});
}

import { mkdir } from "node:fs/promises";
import type { Command } from "commander";
import { loadFile } from "#platform/input-error.ts";
import { serverConfigSchema } from "../server/config.ts";
import { importPackage } from "../server/import/import-package.ts";
import { databaseFile } from "../server/store/database-file.ts";
import { openStore } from "../server/store/open-store.ts";
import { readGivenKey } from "./verify/given-key.ts";
import { openPackage } from "./verify/open-package.ts";
import { showVerdict } from "./verify/show-verdict.ts";
import { verifyPackage } from "./verify/verify-package.ts";

export function registerImport(program: Command): void {
	program
		.command("import")
		.description(
			"takes a package of evidence of another Keepclear in, to be looked at and given out again, never changed; verifies it first, and exit 1 names what is broken",
		)
		.argument("<path>", "a package with originals: folder or zip")
		.requiredOption("--config <file>", "the server's configuration")
		.option("--key <file>", "the edge's public key as you know it (PEM); without it the package's own is taken")
		.action(async (path: string, { config: file, key }: { config: string; key?: string }) => {
			const { dataFolder } = await loadFile(serverConfigSchema, file);
			const files = await openPackage(path);
			const verdict = await verifyPackage(files, key === undefined ? null : await readGivenKey(key));
			if (verdict.broken.length > 0 || verdict.withheld.length > 0) {
				console.log(showVerdict(verdict));
				console.log(`${path}: is not taken in`);
				process.exitCode = 1;
				return;
			}
			if (verdict.absent.length > 0) console.log(showVerdict(verdict));
			await mkdir(dataFolder, { recursive: true, mode: 0o700 });
			const store = openStore(databaseFile(dataFolder));
			try {
				const { alertId, edgeId, evidence, manifests } = await importPackage(
					{ store, dataFolder, now: Date.now },
					files,
				);
				const isNew = evidence + manifests > 0;
				const what = isNew ? `${evidence} files and ${manifests} manifests are taken in` : "nothing new";
				console.log(`${path}: alert ${alertId} of edge ${edgeId}: ${what}`);
			} finally {
				store.close();
			}
		});
}

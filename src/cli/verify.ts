import type { Command } from "commander";
import { readGivenKey } from "./verify/given-key.ts";
import { openPackage } from "./verify/open-package.ts";
import { showVerdict } from "./verify/show-verdict.ts";
import { verifyPackage } from "./verify/verify-package.ts";

export function registerVerify(program: Command): void {
	program
		.command("verify")
		.description(
			"checks sealed evidence without server or network: hashes, signatures, chain; exit 1 names the first thing that is broken",
		)
		.argument("<paths...>", "packages of evidence: folders, zips, or single manifests in a package's folder")
		.option("--key <file>", "the edge's public key as you know it (PEM); without it the package's own is taken")
		.option("--json", "one JSON object a path")
		.action(async (paths: readonly string[], { key, json = false }: { key?: string; json?: boolean }) => {
			const given = key === undefined ? null : await readGivenKey(key);
			for (const path of paths) {
				const verdict = await verifyPackage(await openPackage(path), given);
				console.log(json ? JSON.stringify({ holds: verdict.broken.length === 0, ...verdict }) : showVerdict(verdict));
				if (verdict.broken.length > 0) process.exitCode = 1;
			}
		});
}

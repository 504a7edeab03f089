import type { Command } from "commander";
import { sha256Of } from "#platform/digest.ts";
import { InputError } from "#platform/input-error.ts";
import { refuseRootInOthersFolder } from "#platform/owner.ts";
import { edgesThatDoNotTrust } from "../server/edges/edges-store.ts";
import { appendToLedger } from "../server/ledger/ledger-store.ts";
import type { Store } from "../server/store/open-store.ts";
import {
	keepOwnCertificates,
	makeNextAuthority,
	publicAuthorityFile,
	readAuthorities,
	readAuthority,
	turnToNextAuthority,
} from "../server/tls/own-certificates.ts";
import { ownNames } from "../server/tls/own-names.ts";
import { type ServerFileOption, withStore } from "./with-store.ts";

interface Options extends ServerFileOption {
	readonly now?: true;
}

export function registerTls(program: Command): void {
	program
		.command("tls")
		.description("the authority of our own (tls: own) that edges trust")
		.command("rotate")
		.description(
			"the first time: makes the next authority, of which edges are told while the server runs; again, once all of them keep it: puts it in the place of the one before. exit 1: not yet, and which edges do not",
		)
		.requiredOption("--config <file>", "the server's configuration; the server may run, and edges hear of it only then")
		.option("--now", "does not wait for edges: those that do not keep the next one must enrol anew")
		.action((options: Options) =>
			withStore(
				options,
				async (store, config) => {
					const { dataFolder, tls } = config;
					if (tls.kind !== "own")
						throw new InputError(`tls.kind: is ${tls.kind}: there is no authority of our own; allowed with own alone`);
					await refuseRootInOthersFolder("dataFolder", dataFolder);
					const keep = () => keepOwnCertificates(dataFolder, { names: ownNames(config), now: Date.now() });
					await keep();
					const { next } = await readAuthorities(dataFolder);
					if (!next) {
						await makeNextAuthority(dataFolder);
						await keep();
						note(store, "next_made");
						console.log(
							"The next authority is made. Edges hear of it within a minute or two while they and the server run: then do this again.",
						);
						console.log(`Give browsers ${publicAuthorityFile(dataFolder)} anew: it has both.`);
						if (!options.now) return;
					}
					const behind = edgesThatDoNotTrust(store, sha256Of(await readAuthority(dataFolder)));
					if (behind.length > 0 && !options.now) {
						console.log(
							`Not yet: ${behind.join(", ")} ${behind.length === 1 ? "does" : "do"} not keep the next authority.`,
						);
						console.log("Wait until they have been online; revoke those that never come; --now leaves them out.");
						process.exitCode = 1;
						return;
					}
					await turnToNextAuthority(dataFolder);
					await keep();
					note(store, "exchanged", behind);
					console.log(
						"The next authority is in force, the one before is gone. A server that runs shows it within seconds.",
					);
					if (behind.length > 0) console.log(`To be enrolled anew: ${behind.join(", ")}.`);
					console.log("Keep a copy of authority.pem, apart from the backups, in the place of the one before.");
				},
				{ opensVault: false },
			),
		);
}

function note(store: Store, step: "next_made" | "exchanged", leftOut: readonly string[] = []): void {
	const by = { kind: "system", id: "command line" } as const;
	store.transaction(() =>
		appendToLedger(store, {
			...{ at: Date.now(), who: by, what: "authority_exchanged", on: { kind: "system", id: "tls" } },
			detail: { step, leftOut: [...leftOut] },
		}),
	)();
}

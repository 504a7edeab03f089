import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { InputError } from "#platform/input-error.ts";
import { contentToZip, writeZip } from "#platform/zip/write-zip.ts";
import { makeBundle } from "./diagnostics/make-bundle.ts";

interface Options {
	readonly config?: string;
	readonly edge?: string;
	readonly log: readonly string[];
	readonly out: string;
}

export function registerDiagnostics(program: Command): void {
	program
		.command("diagnostics")
		.description(
			"writes a zip that says how a Keepclear is, to be shown to others: versions, configuration, what the doctor finds, row counts, figures, logs; without secrets, plates, names and addresses",
		)
		.option("--config <file>", "the server's configuration")
		.option("--edge <file>", "an edge's configuration")
		.option("--log <file>", "the last 2,000 lines of a log file; may be said several times", collect, [])
		.requiredOption("--out <zip>", "a file that is not there yet")
		.action(async ({ config, edge, log, out }: Options) => {
			if (config === undefined && edge === undefined)
				throw new InputError("--config is missing: of which server, or --edge: of which edge?");
			const bundle = await makeBundle({ server: config, edge, logs: log });
			const files = [...bundle].map(([name, text]) => contentToZip(name, Buffer.from(text)));
			const { stream } = await writeZip(files);
			await pipeline(stream, createWriteStream(out, { flags: "wx", mode: 0o600 })).catch(
				(cause: NodeJS.ErrnoException) => {
					const why =
						cause.code === "EEXIST" ? "is there already; allowed is a new file" : `cannot be written (${cause.code})`;
					throw new InputError(`--out: ${out}: ${why}`, { cause });
				},
			);
			console.log(`${out}: ${[...bundle.keys()].join(", ")}. Look through it before you give it away`);
		});
}

const collect = (file: string, files: readonly string[]) => [...files, file];

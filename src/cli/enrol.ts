import type { Command } from "commander";
import { enrolEdge } from "../../edge/enrolment/enrol.ts";
import { askHidden, firstLineOfInput } from "./ask-password.ts";

interface Options {
	readonly server: string;
	readonly code?: string;
	readonly config: string;
	readonly data: string;
}

export function registerEnrol(program: Command): void {
	program
		.command("enrol")
		.description(
			"makes this machine the edge that a one-time code was made for (page: 边缘节点): fetches who it is and what it signs in with",
		)
		.requiredOption("--server <url>", "as people reach the page from here")
		.option("--code <code>", "the one-time code; asked for where it is left out")
		.option("--config <file>", "the edge's configuration; begun where there is none", "edge.yaml")
		.option("--data <folder>", "the data folder of a configuration that is begun", "data/edge")
		.action(async ({ server, code, config, data }: Options) => {
			const typed = code ?? (process.stdin.isTTY ? await askHidden("Code: ") : await firstLineOfInput());
			const enrolled = await enrolEdge({ configFile: config, serverUrl: server, code: typed, dataFolder: data });
			const { identity, identityFile, name, beganConfig } = enrolled;
			console.log(
				`This is now the edge ${identity.edgeId} (${name}) of the site ${identity.siteId}; ${identityFile} has it.`,
			);
			if (beganConfig) console.log(`${config} was begun; look through it.`);
			if (identity.mqtt === null) console.log(`The broker is not the server's own: write mqtt into ${config}.`);
			if (identity.server.url.startsWith("http:"))
				console.log("The way to the server is not encrypted: whoever listens on it learns the token.");
			console.log(`Start it, or start it again: keepclear edge --config ${config}`);
		});
}

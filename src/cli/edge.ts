import type { Command } from "commander";
import { InputError } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { loadEdgeConfig } from "../../edge/config.ts";
import { runEdge } from "../../edge/main.ts";
import { registerEdgeRights } from "./edge-rights.ts";

export function registerEdge(program: Command): void {
	const edge = program
		.command("edge")
		.description("run the worker beside the cameras: watches, raises and clears, keeps and sends evidence")
		.enablePositionalOptions()
		.option("--config <file>", "YAML configuration; config/edge.example.yaml is the reference")
		.action(async ({ config }: { config?: string }) => {
			if (config === undefined) throw new InputError("--config is missing: the edge's configuration");
			const signal = shutdownSignal();
			await runEdge(await loadEdgeConfig(config), { log: createLog("edge"), signal });
		});
	registerEdgeRights(edge);
}

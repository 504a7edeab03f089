import type { Command } from "commander";
import { createLog } from "#platform/log.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { loadEdgeConfig } from "../../edge/config.ts";
import { runEdge } from "../../edge/main.ts";

export function registerEdge(program: Command): void {
	program
		.command("edge")
		.description("run the worker beside the cameras: watches, raises and clears, keeps and sends evidence")
		.requiredOption("--config <file>", "YAML configuration; config/edge.example.yaml is the reference")
		.action(async ({ config }: { config: string }) => {
			const signal = shutdownSignal();
			await runEdge(await loadEdgeConfig(config), { log: createLog("edge"), signal });
		});
}

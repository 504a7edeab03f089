import type { Command } from "commander";
import { loadFile } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import { serverConfigSchema } from "../server/config.ts";
import { startServer } from "../server/main.ts";

export function registerServer(program: Command): void {
	program
		.command("server")
		.description("the centre: web page, HTTP API, MQTT broker and store")
		.requiredOption("--config <file>", "YAML; config/server.example.yaml shows every key")
		.action(async ({ config: file }: { config: string }) => {
			const log = createLog("server");
			const config = await loadFile(serverConfigSchema, file);
			const signal = shutdownSignal();
			const server = await startServer(config, { log });
			log.info({ url: config.publicUrl ?? server.url, mqtt: server.mqttUrl }, "the server is up");
			if (server.firstPassword !== null) greet(config.publicUrl ?? server.url, server.firstPassword);
			await server.run(signal);
			log.info("the server has stopped");
		});
}

/** On standard output and never in the log: this is shown once. */
function greet(url: string, password: string): void {
	console.log(
		`\n  Sign in at ${url}\n    name      admin\n    password  ${password}\n\n  This is shown once, and changed at the first sign-in. A new one: keepclear user password admin --config FILE\n`,
	);
}

import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended } from "#platform/child-process.ts";
import { ApiClient } from "../../src/cli/demo/api-client.ts";
import { type Installation, prepareInstallation } from "../../src/cli/demo/prepare.ts";
import { startProgram } from "../../src/cli/demo/programs.ts";
import { until } from "./poll.ts";

/** Server (with its broker) and edge as processes of their own, as on a real site. */
export interface RunningInstallation extends Installation {
	readonly api: ApiClient;
	/** Ends a program without warning, as a power cut does; `start` brings it back. */
	kill(program: "server" | "edge"): Promise<void>;
	start(program: "server" | "edge"): void;
	/** Of its process; null while it does not run. */
	pidOf(program: "server" | "edge"): number | null;
	/** What the programs have written to their logs, the last of it. */
	logs(): string;
	close(): Promise<void>;
}

/**
 * `serverMore`: further keys of the server's configuration, given the folder of this installation. `beforeStart` may
 * change what was prepared.
 */
export async function startInstallation(
	serverMore: (folder: string) => object = () => ({}),
	{
		folder: given,
		beforeStart,
		envOf,
	}: {
		readonly folder?: string;
		readonly beforeStart?: (made: Installation) => Promise<unknown>;
		/** Default: ours. */
		readonly envOf?: (program: "server" | "edge") => NodeJS.ProcessEnv;
	} = {},
): Promise<RunningInstallation> {
	const folder = given ?? (await mkdtemp(join(tmpdir(), "keepclear-e2e-")));
	const installation = await prepareInstallation(folder, 0, serverMore(folder));
	await beforeStart?.(installation);
	const children = new Map<string, ChildProcess>();
	let log = "";
	const start = (program: "server" | "edge") => {
		const configFile = program === "server" ? installation.serverConfigFile : installation.edgeConfigFile;
		const child = startProgram(program, configFile, ["ignore", "pipe", "pipe"], envOf?.(program));
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on("data", (chunk: Buffer) => {
				log = (log + chunk.toString()).slice(-200_000);
			});
		}
		children.set(program, child);
	};
	const stop = async (program: string, signal: NodeJS.Signals) => {
		const child = children.get(program);
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const end = ended(child);
		child.kill(signal);
		await end;
	};
	start("server");
	start("edge");
	try {
		await until(
			"the server to answer",
			() =>
				fetch(`${installation.url}/healthz`).then(
					({ ok }) => ok,
					() => false,
				),
			{
				deadlineMs: 240_000,
				lastSeen: () => log,
			},
		);
		const api = await ApiClient.signIn(installation.url, installation.signIn.name, installation.signIn.password);
		return {
			...installation,
			api,
			start,
			kill: (program) => stop(program, "SIGKILL"),
			pidOf: (program) => {
				const child = children.get(program);
				return child?.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null;
			},
			logs: () => log,
			close: async () => {
				await Promise.all([stop("edge", "SIGTERM"), stop("server", "SIGTERM")]);
				if (given === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
			},
		};
	} catch (error) {
		await Promise.all([stop("edge", "SIGKILL"), stop("server", "SIGKILL")]);
		throw error;
	}
}

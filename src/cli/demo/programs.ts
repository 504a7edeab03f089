import { type ChildProcess, type StdioOptions } from "node:child_process";
import { fileURLToPath } from "node:url";
import { spawnTied, typescriptLoader } from "#platform/child-process.ts";

const commandLine = fileURLToPath(new URL("../main.ts", import.meta.url));
const simulator = fileURLToPath(new URL("../../simulator/main.ts", import.meta.url));

/** `keepclear <command> --config FILE` as a process of its own that dies with us. */
export const startProgram = (
	command: "server" | "edge",
	configFile: string,
	stdio?: StdioOptions,
	env?: NodeJS.ProcessEnv,
) => startTypescript([commandLine, command, "--config", configFile], stdio, env);

/** A camera that loops a clip over real RTSP. */
export const startSimulator = (clip: string, port: number) =>
	startTypescript([simulator, "--clip", clip, "--path", "/fire-lane", "--port", String(port)], ["ignore", "ignore", 2]);

function startTypescript(
	args: readonly string[],
	stdio: StdioOptions = ["ignore", 2, 2],
	env = process.env,
): ChildProcess {
	return spawnTied(process.execPath, [...typescriptLoader, ...args], { stdio, env });
}

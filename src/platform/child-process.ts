import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";

const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));

/**
 * Starts a program that dies with us, even when we are killed by SIGKILL: a camera's ffmpeg must not go on as an orphan.
 * Arguments are an array and no shell is involved. Needs util-linux's setpriv (always there on Debian); without it
 * the child is started plainly.
 */
export function spawnTied(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
	return setpriv
		? spawn(setpriv, ["--pdeathsig", "KILL", "--", program, ...args], options)
		: spawn(program, [...args], options);
}

/** How a child ended, once it has fully ended and its pipes are closed. */
export function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code, signal) => resolve({ code, signal }));
	});
}

/** Arguments with which `process.execPath` runs TypeScript. */
export const typescriptLoader = ["--import", import.meta.resolve("tsx")] as const;

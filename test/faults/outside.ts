import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

export type Program = "server" | "edge";

/** The names by which the edge knows server and broker. */
export const names = { http: "server.keepclear.test", mqtt: "broker.keepclear.test" };

/** What programs ask the machine for, and the bench answers: the time, and the addresses of names. */
export interface Outside {
	/** For a program's environment. */
	readonly envOf: (program: Program) => NodeJS.ProcessEnv;
	/** Its clock is set to so much from the true time. */
	setClock(program: Program, byMs: number): Promise<void>;
	/** Whether names have addresses. */
	resolve(isThere: boolean): Promise<void>;
}

/** @param more what else is in the programs' environment */
export async function startOutside(folder: string, more: NodeJS.ProcessEnv): Promise<Outside> {
	const clocks = { server: join(folder, "clock-server"), edge: join(folder, "clock-edge") };
	const namesFile = join(folder, "names");
	const preloads = ["clock-preload.mjs", "names-preload.mjs"].map((name) => new URL(name, import.meta.url).href);
	const outside: Outside = {
		envOf: (program) => ({
			...process.env,
			...more,
			NODE_OPTIONS: preloads.map((url) => `--import=${url}`).join(" "),
			KEEPCLEAR_CLOCK_FILE: clocks[program],
			KEEPCLEAR_NAMES_FILE: namesFile,
		}),
		setClock: (program, byMs) => putWhole(clocks[program], String(byMs)),
		resolve: (isThere) => {
			const address = isThere ? "127.0.0.1" : null;
			return putWhole(namesFile, JSON.stringify({ [names.http]: address, [names.mqtt]: address }));
		},
	};
	for (const program of ["server", "edge"] as const) await outside.setClock(program, 0);
	await outside.resolve(true);
	return outside;
}

async function putWhole(file: string, text: string): Promise<void> {
	await writeFile(`${file}.part`, text);
	await rename(`${file}.part`, file);
}

import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { typescriptLoader } from "#platform/child-process.ts";
import type { FaultResult, Trial } from "./fault.ts";
import { sizes } from "./sizes.ts";
import { rowOf } from "./table.ts";
import { startWorld, type World } from "./world.ts";

/** A trial, and where its row stands in the table. */
export interface Try {
	readonly trial: Trial;
	readonly place: number;
}

export interface WorldEnd {
	readonly trials: number;
	/** Memory and open files. */
	readonly before: string;
	readonly after: string;
	/** The last words of `keepclear check`. */
	readonly check: string;
	readonly isRight: boolean;
}

/**
 * A world of its own takes trials off the queue, which several share, until none is left; then its data are checked.
 * @param logFile its programs' logs go there, with the world's number
 */
export async function inWorld(
	queue: Try[],
	{
		number,
		say,
		done,
		logFile,
	}: {
		readonly number: number;
		readonly say: (line: string) => void;
		readonly done: (place: number, result: FaultResult) => void;
		readonly logFile?: string | undefined;
	},
): Promise<WorldEnd> {
	const world = await startWorld();
	const keepLogs = async () => logFile && writeFile(`${logFile}.${number}`, world.installation.logs());
	let trials = 0;
	try {
		const before = await sizes(world);
		for (let next = queue.shift(); next; next = queue.shift()) {
			const { trial, place } = next;
			const why = trial.impossible?.(world) ?? null;
			if (why !== null) {
				say(`${number} ${trial.name}: skipped: ${why}`);
				continue;
			}
			say(`${number} ${trial.name}`);
			const found = await trial.run(world).catch((error: unknown) => failed(error));
			const result = { ...found, name: trial.name };
			await world.leave(); // what failed may have left a vehicle behind
			for (const sentence of [...result.wrong, result.remark ?? ""].filter(Boolean)) say(`${number}   ${sentence}`);
			say(`${number} ${rowOf(result)}`);
			done(place, result);
			trials += 1;
			await keepLogs();
		}
		const after = await sizes(world);
		const check = await checkData(world);
		return { trials, before, after, check, isRight: check.includes("all is as it should be") };
	} finally {
		await keepLogs();
		await world.close();
	}
}

function failed(error: unknown): FaultResult {
	const wrong = [error instanceof Error ? error.message : String(error)];
	return {
		...{ name: "", stays: 2, lost: 0, twice: 0, whole: 0, toldMs: null, wrong },
		startOffMs: Number.NaN,
		recoveredMs: Number.NaN,
	};
}

async function checkData({ installation }: World): Promise<string> {
	const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
	const args = [...typescriptLoader, commandLine, "check", "--config", installation.serverConfigFile];
	const run = promisify(execFile)(process.execPath, args);
	const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
	return (stdout.trim() || stderr.trim()).split("\n").slice(-5).join("\n");
}

import { CommanderError, type Command } from "commander";
import { InputError } from "#platform/input-error.ts";
import { redactSecrets } from "#platform/redact.ts";

/** 0: done. 1: done, and the answer is "no" (a check that failed), or a failure of ours. 2: bad input. */
export async function runCommandLine(program: Command, argv: readonly string[]): Promise<void> {
	process.stdout.on("error", endWithReader);
	try {
		await program.parseAsync([...argv]);
	} catch (error) {
		process.exitCode = explain(error);
	}
}

function explain(error: unknown): number {
	if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has said it already
	if (error instanceof InputError) {
		for (const problem of error.problems) say(problem);
		return 2;
	}
	say(error instanceof Error ? error.message : String(error));
	if (process.env["KEEPCLEAR_LOG_LEVEL"] === "debug" && error instanceof Error) say(error.stack ?? "");
	return 1;
}

/** `keepclear … | head`: who reads no more has seen enough. */
function endWithReader(error: NodeJS.ErrnoException): void {
	if (error.code !== "EPIPE") throw error;
	process.exit(0);
}

const say = (line: string) => process.stderr.write(`keepclear: ${redactSecrets(line)}\n`);

import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { InputError } from "#platform/input-error.ts";

/** Asked twice and not shown at a terminal; otherwise the first line of standard input. @throws InputError */
export async function askPassword(): Promise<string> {
	if (!process.stdin.isTTY) return firstLineOfInput();
	const password = await askHidden("Password: ");
	if ((await askHidden("Once more: ")) !== password) throw new InputError("the two passwords differ");
	return password;
}

/** At a terminal; what is typed is not shown. */
export async function askHidden(question: string): Promise<string> {
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
	process.stderr.write(question);
	try {
		return await lines.question("");
	} finally {
		lines.close();
		process.stderr.write("\n");
	}
}

export async function firstLineOfInput(): Promise<string> {
	for await (const line of createInterface({ input: process.stdin })) return line;
	throw new InputError("standard input: its first line must hold what is asked for");
}

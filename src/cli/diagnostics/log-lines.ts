import { open } from "node:fs/promises";
import { InputError } from "#platform/input-error.ts";
import type { Scrubber } from "./scrub.ts";

const mostBytes = 2_000_000;
const mostLines = 2_000;

/** The last lines of a log file, as everybody may see them. @throws InputError where it cannot be read */
export async function publicLog(file: string, scrubber: Scrubber): Promise<string> {
	const lines = (await tail(file)).split("\n").filter((line) => line.trim() !== "");
	return `${lines
		.slice(-mostLines)
		.map((line) => publicLine(line, scrubber))
		.join("\n")}\n`;
}

/** A JSON object as the programs write it, or any other line. What stands before the object (journalctl) goes. */
export function publicLine(line: string, scrubber: Scrubber): string {
	const begin = line.indexOf("{");
	if (begin >= 0) {
		try {
			const fields = JSON.parse(line.slice(begin)) as Record<string, unknown>;
			return JSON.stringify(scrubber.value({ ...fields, hostname: undefined }));
		} catch {
			// no JSON after all
		}
	}
	return scrubber.text(line);
}

async function tail(file: string): Promise<string> {
	const handle = await open(file, "r").catch((cause: NodeJS.ErrnoException) => {
		throw new InputError(`--log: ${file}: cannot be read (${cause.code})`, { cause });
	});
	try {
		const { size } = await handle.stat();
		const from = Math.max(0, size - mostBytes);
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
		const text = buffer.toString("utf8", 0, bytesRead);
		return from === 0 ? text : text.slice(text.indexOf("\n") + 1); // a line that was cut is none
	} finally {
		await handle.close();
	}
}

import type { Readable } from "node:stream";

const longestLine = 10_000;

/** What a child says on a pipe, line by line; of a line without an end the last part. Empty ones are left out. */
export function readLines(pipe: Readable, onLine: (line: string) => void): void {
	let rest = "";
	pipe.setEncoding("utf8");
	pipe.on("data", (chunk: string) => {
		const lines = (rest + chunk).split(/[\r\n]+/);
		rest = (lines.pop() ?? "").slice(-longestLine);
		for (const line of lines) if (line) onLine(line);
	});
	pipe.on("end", () => rest && onLine(rest));
}

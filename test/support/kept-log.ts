import { pino } from "pino";
import type { Logger } from "#platform/log.ts";

export interface LogLine {
	readonly level: number;
	readonly msg: string;
	readonly [field: string]: unknown;
}

/** A log whose lines a test can look at. */
export function keptLog(): { log: Logger; lines: LogLine[]; text: () => string } {
	const lines: LogLine[] = [];
	const log = pino(
		{ level: "debug", base: {} },
		{ write: (line: string) => void lines.push(JSON.parse(line) as LogLine) },
	);
	return { log, lines, text: () => lines.map((line) => JSON.stringify(line)).join("\n") };
}

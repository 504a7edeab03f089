import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ClockReading } from "#contract/clock.ts";
import { type TimeSource, timeSources } from "./time-sources.ts";

const answerWithinMs = 5_000;

/** Asks the programs of this machine, one after another; the first that knows its business is believed. Never throws. */
export async function readClock(sources: readonly TimeSource[] = timeSources): Promise<ClockReading> {
	let readAt: number | null = null;
	let source: string | null = null;
	for (const { name, command, read } of sources) {
		const offsetMs = read(await outputOf(command));
		if (offsetMs === undefined) continue;
		if (offsetMs !== null) return { offsetMs, source: name, readAt: Date.now() };
		source ??= name; // it runs, and does not know
		readAt ??= Date.now();
	}
	return { offsetMs: null, source, readAt: readAt ?? Date.now() };
}

async function outputOf([program, ...args]: TimeSource["command"]): Promise<string> {
	try {
		const env = { PATH: process.env["PATH"], LC_ALL: "C" };
		return (await promisify(execFile)(program, args, { timeout: answerWithinMs, maxBuffer: 1 << 16, env })).stdout;
	} catch {
		return ""; // not installed, not running, or not for us
	}
}

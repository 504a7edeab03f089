import { readdirSync, readFileSync } from "node:fs";
import { processTree } from "#platform/process-tree.ts";

/** CPU time in milliseconds that a program and all it has started (that still runs) have used, by what stands on its command line. */
export function cpuMsOf(onCommandLine: string): number {
	const roots = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && commandLine(name).includes(onCommandLine));
	const all = new Map(roots.flatMap((pid) => processTree(Number(pid))).map(({ pid, cpuMs }) => [pid, cpuMs]));
	return [...all.values()].reduce((sum, cpuMs) => sum + cpuMs, 0);
}

function commandLine(pid: string): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
	} catch {
		return ""; // it has ended meanwhile
	}
}

import { readdirSync, readFileSync } from "node:fs";

/** CPU time in milliseconds that a program and all it has started (that still runs) have used, by what stands on its command line. */
export function cpuMsOf(onCommandLine: string): number {
	const all = readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap(readProcess);
	const wanted = new Set(all.filter(({ args }) => args.includes(onCommandLine)).map(({ pid }) => pid));
	for (let before = -1; before !== wanted.size;) {
		before = wanted.size;
		for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid);
	}
	return all.filter(({ pid }) => wanted.has(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

function readProcess(pid: string): { pid: string; parent: string; args: string; cpuMs: number }[] {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name may hold blanks
		const ticks = Number(fields[11]) + Number(fields[12]);
		const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
		return [{ pid, parent: fields[1] ?? "", args, cpuMs: ticks * 10 }];
	} catch {
		return []; // it has ended meanwhile
	}
}

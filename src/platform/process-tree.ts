import { readdirSync, readFileSync } from "node:fs";

/** What Linux says of a running process; man 5 proc. */
export interface RunningProcess {
	readonly pid: number;
	readonly parent: number;
	readonly cpuMs: number;
	/** Of its children that have ended. */
	readonly endedCpuMs: number;
	readonly residentBytes: number;
}

/** Linux counts in hundredths of a second here, whatever the kernel's own clock. */
const msPerTick = 10;
const pageBytes = 4096;

/** A process and all that it has started and that still runs; empty where there is no /proc. */
export function processTree(root = process.pid): readonly RunningProcess[] {
	const all = namesIn("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap(read);
	const own = new Set([root]);
	for (let before = 0; before !== own.size;) {
		before = own.size;
		for (const { pid, parent } of all) if (own.has(parent)) own.add(pid);
	}
	return all.filter(({ pid }) => own.has(pid));
}

function namesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function read(pid: string): RunningProcess[] {
	try {
		const line = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The second field, the program's name in brackets, may hold blanks and brackets itself.
		const fields = line
			.slice(line.lastIndexOf(")") + 2)
			.split(" ")
			.map(Number);
		const of = (field: number) => fields[field - 3] ?? 0;
		const cpu = { cpuMs: (of(14) + of(15)) * msPerTick, endedCpuMs: (of(16) + of(17)) * msPerTick };
		return [{ pid: Number(pid), parent: of(4), ...cpu, residentBytes: of(24) * pageBytes }];
	} catch {
		return []; // it has ended meanwhile
	}
}
